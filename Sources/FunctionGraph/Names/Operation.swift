/// What a request is for: the label `operation`.
public enum Operation: String, CaseIterable, Sendable {
    /// `GET …/snapshots/state`.
    case snapshotState = "snapshot_state"
    /// `GET …/snapshots/enableSnapshot`.
    case snapshotSwitch = "snapshot_switch"
    /// `GET …/fgs/functions`.
    case listFunctions = "list_functions"
    /// `GET …/versions`.
    case listVersions = "list_versions"
    /// `GET …/aliases`.
    case listAliases = "list_aliases"
    /// `POST …/v3/auth/tokens` of IAM.
    case createToken = "create_token"
    /// The metadata service of the virtual machine.
    case metadata
}

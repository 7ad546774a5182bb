/// What a request asks for; the names are those of scenarios and counts.
enum CloudOperation: String, Sendable, CaseIterable {
    case snapshotState = "snapshot_state"
    case snapshotSwitch = "snapshot_switch"
    case listFunctions = "list_functions"
    case listVersions = "list_versions"
    case listAliases = "list_aliases"
    case createToken = "create_token"
    case listProjects = "list_projects"
    case metadata
    /// A path that the cloud does not have.
    case other

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// What a poll asks for.
public enum RequestKind: Sendable, Hashable {
    /// The state of the snapshot.
    case state
    /// The switch that lets snapshots be made.
    case `switch`
}

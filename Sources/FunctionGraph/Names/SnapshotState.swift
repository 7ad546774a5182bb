/// What the cloud says of a snapshot (functiongraph_06_1020), and `unknown` for whatever else it may say.
public enum SnapshotState: String, CaseIterable, Sendable {
    /// Usable.
    case enable
    /// Switched off.
    case disable
    /// Being made; the vendor gives it up to five minutes.
    case creating
    /// Making it failed.
    case createFail = "create_fail"
    /// Expired.
    case expire
    /// The platform stopped restoring from it.
    case circuitBreaking = "circuit_breaking"
    /// None of the six.
    case unknown

    /// The state an answer names, trimmed and without regard to case. A cloud that would say `unknown` itself gets
    /// the same case.
    public init(answer: String) {
        let trimmed = Text.trim(answer)
        self = Self(rawValue: trimmed) ?? Self(rawValue: trimmed.lowercased()) ?? .unknown
    }
}

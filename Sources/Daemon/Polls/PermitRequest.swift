import Settings

/// A discovery request that waits for its turn within the project's rate.
struct PermitRequest: Sendable {
    /// Names it in the schedule.
    let id: Int
    /// The entry whose listing asks.
    let settings: DiscoverySettings
    /// Resumed with `true` when it may be sent, `false` when the loop has ended.
    let granted: CheckedContinuation<Bool, Never>

    var project: ProjectID { settings.projectID }
    var account: String { settings.account }
}

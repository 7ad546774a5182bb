/// A discovery request that waits for its turn within the project's rate.
struct PermitRequest: Sendable {
    /// Names it in the schedule.
    let id: Int
    let project: ProjectID
    let account: String
    /// Resumed with `true` when it may be sent, `false` when the loop has ended.
    let granted: CheckedContinuation<Bool, Never>
}

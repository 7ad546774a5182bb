/// One request under way: an attempt of a poll, or one that discovery sends with a permit. It keeps its slot until its
/// outcome is told, also when its row has left meanwhile.
struct Request: Sendable {
    /// 0: this record is free.
    var ticket: UInt64 = 0
    /// -1: its project has left the plan.
    var lane: Int32 = -1
    /// -1: a permit, or the row has left.
    var poll: Int32 = -1
    var kind: RequestKind = .state
    var sentAt: Int64 = 0
    /// The account's when it was sent; an older one says nothing about the credential of now.
    var credentialEpoch: UInt32 = 0
    /// Sent with a renewed credential, to learn whether renewal helped.
    var isRenewed = false
    /// Sent to learn whether a paused account works again.
    var isAccountTrial = false
    /// Sent to learn whether a held project answers again.
    var isHoldTrial = false
    /// When to give it up if its row has left and nobody tells its outcome.
    var expiresAt: Int64 = 0

    var isTrial: Bool { isAccountTrial || isHoldTrial }
}

/// What the schedule keeps for an account: how far its credential is to be trusted.
struct Account: Sendable {
    /// Minutes from a refusal to the next trial (the vendor locks a key for five minutes after five failures).
    static let trialMinutes: [Int64] = [1, 2, 4, 8, 15]

    var isPresent = false
    var lanes: [Int32] = []
    var nextLane = 0
    /// The present credential got an answer other than `unauthorized`.
    var isProven = false
    /// The present credential was refused once; the next request renews it and decides.
    var isSuspect = false
    /// Grows whenever another credential comes into use.
    var epoch: UInt32 = 0
    /// The one request that may be under way while not proven; 0: none.
    var solo: UInt64 = 0
    /// Index into ``trialMinutes``; nil: not paused.
    var pauseStep: Int?
    var pausedSince: Int64 = 0
    var nextTrial: Int64 = 0
    /// Lag is not counted from before this moment.
    var openSince: Int64 = .min

    /// One request at a time.
    var isGuarded: Bool { !isProven || isSuspect || pauseStep != nil }
}

/// A poll that has begun: one or more requests within its time.
struct Poll: Sendable {
    enum Phase: Sendable {
        case free
        case inFlight
        /// Waits for its backoff to pass.
        case backingOff
        /// Waits for a slot and a token.
        case waiting
    }

    var phase: Phase = .free
    var kind: RequestKind = .state
    var row: Int32 = -1
    var lane: Int32 = -1
    var attempts: Int32 = 0
    /// Attempts that were made because a credential was refused; they do not count against `retries`.
    var credentialRetries: Int32 = 0
    var startedAt: Int64 = 0
    var deadline: Int64 = 0
    /// What its timer in the heap waits for, while it waits.
    var wakeAt: Int64 = 0
    /// The request under way, while in flight.
    var request: Int32 = -1
}

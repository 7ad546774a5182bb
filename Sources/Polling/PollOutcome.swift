/// The end of a poll.
public enum PollOutcome: Sendable, Hashable {
    /// The last request got a good answer.
    case answered
    /// The last request failed; its failure is the poll's.
    case failed
    /// The poll's time ended while it waited for a further try.
    case timedOut
    /// Ended by us; no failed poll.
    case cancelled
}

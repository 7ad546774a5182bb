/// How a poll ended.
public struct PollEnd: Sendable, Equatable {
    /// The row that was polled.
    public let row: RowKey
    /// What was asked for.
    public let kind: RequestKind
    /// From the sending of its first request to the end.
    public let took: Duration
    /// Requests sent; 1 or more.
    public let attempts: Int
    /// The end itself.
    public let outcome: PollOutcome
}

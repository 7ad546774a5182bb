/// One HTTP request that is to be sent now. Its outcome comes back through ``Schedule/finish(_:_:now:)``.
public struct Attempt: Sendable, Equatable {
    /// Names the request.
    public let ticket: Ticket
    /// The row that is polled.
    public let row: RowKey
    /// What is asked for.
    public let kind: RequestKind
    /// 1 for the first request of a poll.
    public let number: Int
    /// The time this request may take: the policy's, cut to what is left of the poll.
    public let timeout: Duration
    /// The cached credential was refused: have it renewed before this request is signed.
    public let renewCredential: Bool
    /// Sent to find out whether a held project or a paused account works again.
    public let isTrial: Bool
}

/// Names one request under way; never given out twice by one schedule.
public struct Ticket: Hashable, Sendable {
    /// The number of the request, above 0.
    public let number: UInt64
}

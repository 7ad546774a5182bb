/// One HTTP exchange as it went, for metrics.
public struct APICall: Sendable, Equatable {
    /// What it was for.
    public let operation: Operation
    /// Region label; empty for the metadata service.
    public let region: String
    /// Project label; empty for the metadata service.
    public let project: String
    /// Host and perhaps port of what was asked.
    public let authority: String
    /// Nil: success.
    public let reason: FailureReason?
    /// From sending to the decoded answer.
    public let took: Duration
    /// Local minus cloud; nil without an answer or without its `Date`.
    public let clockSkewSeconds: Double?

    /// A record of one exchange.
    public init(
        operation: Operation, region: String, project: String, authority: String, reason: FailureReason?,
        took: Duration,
        clockSkewSeconds: Double?
    ) {
        self.operation = operation
        self.region = region
        self.project = project
        self.authority = authority
        self.reason = reason
        self.took = took
        self.clockSkewSeconds = clockSkewSeconds
    }
}

/// Why there is no whole answer.
public struct TransportError: Error, Sendable, Equatable {
    /// `dns`, `connect`, `tls`, `timeout`, `decode` (the body is too large) or `cancelled`.
    public let reason: FailureReason
    /// For an operator; no credentials. It is made printable and cut before it is shown.
    public let message: String
    /// Status and headers, without a body, of an answer that was too large to be read.
    public let head: CloudResponse?

    /// An error of the transport.
    public init(reason: FailureReason, message: String, head: CloudResponse? = nil) {
        self.reason = reason
        self.message = message
        self.head = head
    }
}

/// Why there is no whole answer.
public struct TransportError: Error, Sendable, Equatable {
    /// `dns`, `connect`, `tls`, `timeout`, `decode` (the body is too large) or `cancelled`.
    public let reason: FailureReason
    /// For an operator; no credentials. It is made printable and cut before it is shown.
    public let message: String

    /// An error of the transport.
    public init(reason: FailureReason, message: String) {
        self.reason = reason
        self.message = message
    }
}

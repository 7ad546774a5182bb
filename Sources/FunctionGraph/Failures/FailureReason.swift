/// Why a request, and so a poll, has failed: the label `reason`. The set is closed.
public enum FailureReason: String, CaseIterable, Sendable {
    /// The name has no address.
    case dns
    /// Refused, unreachable, or closed before a whole answer.
    case connect
    /// The peer's certificate or the handshake.
    case tls
    /// No whole answer in time.
    case timeout
    /// The credential was not accepted.
    case unauthorized
    /// The credential was accepted and may not do this.
    case forbidden
    /// The function, version or alias does not exist.
    case notFound = "not_found"
    /// Too many requests.
    case throttled
    /// Redirects and every other 4xx, a 404 of the gateway included.
    case clientError = "client_error"
    /// 5xx.
    case serverError = "server_error"
    /// An answer that cannot be understood, or is too large.
    case decode
    /// Ended by this program.
    case cancelled
}

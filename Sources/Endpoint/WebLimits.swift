/// What a client may take of the server at most.
public struct WebLimits: Sendable, Hashable {
    /// A request line and its fields, in bytes as sent; more is answered 431, a longer target alone 414.
    public var headBytes = 16 * 1024
    /// The target of a request, in bytes; more is answered 414.
    public var targetBytes = 8 * 1024
    /// The fields of a request; more are answered 431.
    public var headerFields = 100
    /// The body of a request, in bytes; more is answered 413.
    public var bodyBytes = 64 * 1024
    /// How long a connection may be quiet between two requests.
    public var idle: Duration = .seconds(180)
    /// How long a request may take from its first to its last byte.
    public var head: Duration = .seconds(10)
    /// How long a new connection may take to the first byte of its first request, a TLS handshake included.
    public var opening: Duration = .seconds(10)
    /// How long a new connection counts as about to send its first request: it may be there and only not have been read.
    public var grace: Duration = .seconds(1)
    /// How long an answer may take, the client's reading of it included.
    public var answer: Duration = .seconds(60)
    /// How long a refused connection may go on sending before it is cut, so that it can read why it was refused, and how
    /// long a new one may take to send its request when the server stops.
    public var linger: Duration = .seconds(1)
    /// Connections in all. Never more than half of the descriptors that the process may have.
    public var connections = 512
    /// Password checks that may wait for their turn; more are answered 503.
    public var waitingPasswordChecks = 32

    /// The defaults.
    public init() {}
}

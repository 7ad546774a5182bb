/// Why one request got no good answer.
public struct AttemptFailure: Sendable, Equatable {
    /// The kind, which decides what follows.
    public var kind: FailureKind
    /// `Retry-After` of the answer.
    public var retryAfter: Duration?
    /// The switch was answered with status 400, 404 or 405.
    public var switchRefused: Bool

    /// A failure.
    public init(kind: FailureKind, retryAfter: Duration? = nil, switchRefused: Bool = false) {
        self.kind = kind
        self.retryAfter = retryAfter
        self.switchRefused = switchRefused
    }
}

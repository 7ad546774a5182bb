/// Where an account stands.
public struct AccountStatus: Sendable, Equatable {
    /// Its credential was refused; only trials are sent.
    public let paused: Bool
    /// A request with its credential got an answer other than `unauthorized`.
    public let proven: Bool
    /// The earliest moment of the next trial, while paused.
    public let nextTrial: Moment?
}

/// Why a call to the cloud brought no good answer, with all that the vendor's support asks for.
public struct CloudFailure: Error, Sendable, Equatable {
    /// An `unauthorized` answer this far from the local clock is the clock's fault (the vendor's signature window).
    public static let clockSkewLimitSeconds = 900.0

    /// What was asked.
    public let operation: Operation
    /// One of twelve.
    public let reason: FailureReason
    /// Nil without an answer.
    public let httpStatus: Int?
    /// The vendor's code, as `FSS.1051` or `APIGW.0308`; at most 64 printable characters.
    public let errorCode: String?
    /// One printable line of at most 200 characters, without credentials.
    public let message: String
    /// `X-Request-Id`, or `request_id` of the body; at most 128 printable characters.
    public let requestID: String?
    /// What `Retry-After` asks for, at most one hour.
    public let retryAfter: Duration?
    /// Local minus cloud; nil without an answer or without its `Date`.
    public let clockSkewSeconds: Double?
    /// The answer was longer than what is read of one: its head came, its body was not kept.
    public let isTooLarge: Bool

    /// A failure; texts are made printable and cut.
    public init(
        operation: Operation, reason: FailureReason, httpStatus: Int? = nil, errorCode: String? = nil,
        message: String, requestID: String? = nil, retryAfter: Duration? = nil, clockSkewSeconds: Double? = nil,
        isTooLarge: Bool = false
    ) {
        self.operation = operation
        self.reason = reason
        self.httpStatus = httpStatus
        self.errorCode = errorCode.map { Printable.line($0, limit: 64) }
        self.message = Printable.line(message, limit: 200)
        self.requestID = requestID.map { Printable.line($0, limit: 128) }
        self.retryAfter = retryAfter
        self.clockSkewSeconds = clockSkewSeconds
        self.isTooLarge = isTooLarge
    }

    /// The same failure, with another time to wait.
    func retrying(after wait: Duration) -> CloudFailure {
        CloudFailure(
            operation: operation, reason: reason, httpStatus: httpStatus, errorCode: errorCode, message: message,
            requestID: requestID, retryAfter: wait, clockSkewSeconds: clockSkewSeconds, isTooLarge: isTooLarge)
    }

    /// Whether the credential was refused because the clocks differ by 15 minutes or more.
    public var isClockSkew: Bool {
        guard reason == .unauthorized, let clockSkewSeconds else { return false }
        return abs(clockSkewSeconds) >= Self.clockSkewLimitSeconds
    }

    /// Whether it pauses the account at once: a token or metadata call answered with a 4xx other than 429.
    public var pausesAccount: Bool {
        guard operation == .createToken || operation == .metadata, let httpStatus else { return false }
        return (400..<500).contains(httpStatus) && httpStatus != 429 && reason != .throttled
    }
}

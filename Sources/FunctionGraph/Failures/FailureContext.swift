import HTTPTypes

/// What is known of an exchange beside its answer, and the making of failures from it.
struct FailureContext {
    /// `Retry-After` is honoured up to this; a cloud that asks for more is asked again after an hour.
    static let maximumRetryAfter = Duration.seconds(3600)

    let operation: Operation
    /// Host and perhaps port of what was asked.
    let authority: String
    let clockSkewSeconds: Double?
    let nowUnixSeconds: Double
    /// Takes out what must not appear in a failure, should the cloud echo it.
    let redact: @Sendable (String) -> String

    /// There was no whole answer. Said with the host, because a poll asks up to three of them: FunctionGraph, IAM, the
    /// metadata service.
    func failure(_ error: TransportError) -> CloudFailure {
        let isNamed = error.reason == .cancelled || error.message.contains(authority)
        return CloudFailure(
            operation: operation, reason: error.reason, httpStatus: error.head?.status,
            message: redact(isNamed ? error.message : "\(authority): \(error.message)"),
            requestID: error.head?.headers[.requestID].map { redact($0) }, clockSkewSeconds: clockSkewSeconds,
            isTooLarge: error.head != nil)
    }

    /// The status is no success.
    func failure(_ response: CloudResponse) -> CloudFailure {
        let body = ErrorBody(response.body) { redact($0) }
        var reason = FailureClassifier.reason(code: body.code, status: response.status)
        // What IAM or the metadata service does not have is not the function.
        if reason == .notFound, operation == .createToken || operation == .metadata { reason = .clientError }
        return failure(
            response, body, reason,
            body.message ?? "HTTP status \(response.status) without a message")
    }

    /// The status is a success and the body is not what was asked for; an error code in it is believed.
    func failure(_ response: CloudResponse, _ fault: DecodeFault) -> CloudFailure {
        let body = ErrorBody(response.body) { redact($0) }
        if let code = body.code, let reason = FailureClassifier.reason(code: code) {
            return failure(response, body, reason, body.message ?? fault.message)
        }
        // Only a body in the shape of an error may be quoted: a listing holds the environment of functions.
        return failure(response, body, .decode, fault.message)
    }

    private func failure(
        _ response: CloudResponse, _ body: ErrorBody, _ reason: FailureReason, _ message: String
    ) -> CloudFailure {
        CloudFailure(
            operation: operation, reason: reason, httpStatus: response.status, errorCode: body.code.map { redact($0) },
            message: redact(message), requestID: (response.headers[.requestID] ?? body.requestID).map { redact($0) },
            retryAfter: retryAfter(response.headers), clockSkewSeconds: clockSkewSeconds)
    }

    /// Seconds or an HTTP date (RFC 9110 §10.2.3); nothing in the past.
    private func retryAfter(_ headers: HTTPFields) -> Duration? {
        guard let text = headers[.retryAfter].map({ Text.trim($0) }) else { return nil }
        let seconds =
            Double(text)
            ?? TimestampParser.parseHTTPDate(text).map { date in
                // The date is by the cloud's clock.
                date - (nowUnixSeconds - (clockSkewSeconds ?? 0))
            }
        guard let seconds, seconds.isFinite, seconds >= 0 else { return nil }
        return min(.milliseconds(Int64(min(seconds, 1e6) * 1000)), Self.maximumRetryAfter)
    }
}

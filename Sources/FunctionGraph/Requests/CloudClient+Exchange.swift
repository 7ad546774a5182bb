import HTTPTypes

extension CloudClient {
    /// One HTTP exchange: proves itself, sends, measures, decodes or classifies, and tells the observer.
    ///
    /// `secrets` are texts besides the credential's own that must not come back in a failure's message.
    func exchange<Answer>(
        _ unsigned: CloudRequest, credential: Credential?, secrets: [Secret] = [],
        decode: (CloudResponse) throws(DecodeFault) -> Answer
    ) async throws(CloudFailure) -> Answer {
        guard !Task.isCancelled else {
            throw CloudFailure(operation: unsigned.operation, reason: .cancelled, message: "cancelled before sending")
        }
        let authority = Origin(unsigned.baseURL).authority
        knownSecrets.add((credential?.secrets ?? []) + secrets)
        let redact: @Sendable (String) -> String = { [knownSecrets] in knownSecrets.redact($0) }
        let start = now()
        let started = monotonicNow()
        let request = proven(unsigned, credential, at: start)
        let result: Result<Answer, CloudFailure>
        var skew: Double?
        do {
            let response = try await transport.send(request)
            skew = clockSkew(response.headers, start: start, end: now())
            let context = FailureContext(
                operation: request.operation, authority: authority, clockSkewSeconds: skew, nowUnixSeconds: now(),
                redact: redact)
            result = Self.interpret(response, context, decode)
        } catch {
            skew = error.head.flatMap { clockSkew($0.headers, start: start, end: now()) }
            result = .failure(
                FailureContext(
                    operation: request.operation, authority: authority, clockSkewSeconds: skew, nowUnixSeconds: start,
                    redact: redact
                ).failure(error))
        }
        // A clock that was set while the request was under way says nothing about the cloud's.
        if abs(now() - start - (monotonicNow() - started) / .seconds(1)) > 2 { skew = nil }
        observer(
            APICall(
                operation: request.operation, region: request.region, project: request.project, authority: authority,
                reason: result.failureReason, took: monotonicNow() - started, clockSkewSeconds: skew))
        return try result.get()
    }

    /// The request with `User-Agent` and what the credential adds.
    private func proven(_ request: CloudRequest, _ credential: Credential?, at unixSeconds: Double) -> CloudRequest {
        var request = request
        request.headers[.userAgent] = userAgent
        switch credential {
        case .accessKey(let key):
            signer.authorize(&request, key: key, unixSeconds: unixSeconds, projectID: request.project)
        case .token(let token):
            request.headers[.projectID] = request.project
            request.headers[.authToken] = token.reveal()
        case nil: break
        }
        return request
    }

    /// Local minus cloud, with the local time taken at the middle of the exchange. `Date` has whole seconds, so the
    /// value is good to about a second and half the exchange.
    private func clockSkew(_ headers: HTTPFields, start: Double, end: Double) -> Double? {
        guard let date = headers[.date].flatMap(TimestampParser.parseHTTPDate) else { return nil }
        return (start + end) / 2 - date
    }

    private static func interpret<Answer>(
        _ response: CloudResponse, _ context: FailureContext, _ decode: (CloudResponse) throws(DecodeFault) -> Answer
    ) -> Result<Answer, CloudFailure> {
        guard (200..<300).contains(response.status) else { return .failure(context.failure(response)) }
        do {
            return .success(try decode(response))
        } catch {
            return .failure(context.failure(response, error))
        }
    }
}

extension Result where Failure == CloudFailure {
    /// Nil: success.
    fileprivate var failureReason: FailureReason? {
        if case .failure(let failure) = self { failure.reason } else { nil }
    }
}

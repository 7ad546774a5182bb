import NIOHTTP1

extension CloudState {
    /// How far `X-Sdk-Date` may be from the cloud's clock: 15 minutes, as the vendor documents.
    private static let skewMaxSeconds = 900.0

    /// Whether the caller may call here; nil: yes.
    mutating func authenticate(_ request: ReceivedRequest, _ call: CloudCall, _ time: CloudTime) -> CloudError? {
        if let token = request.headers.first(name: "X-Auth-Token") {
            let refusal = tokens.check(token, call, catalogue, time)
            if refusal?.status == 401 { counter.wrongToken += 1 }
            return refusal
        }
        guard let authorization = request.headers.first(name: "Authorization") else {
            return .authentication("x-auth-token not found")
        }
        guard let field = AuthorizationField(authorization) else {
            counter.wrongKey += 1
            return .authentication("Authorization is invalid")
        }
        let now = time.monotonicNanoseconds
        if keyLocks.isLocked(field.accessKey, nowNanoseconds: now) {
            counter.wrongKey += 1
            return .authentication("AK access failed to reach the limit,forbidden")
        }
        let known = accessKeys[field.accessKey] ?? metadata?.key(field.accessKey, time)
        if let reason = signatureFault(request, field, known, call, time) {
            counter.wrongKey += 1
            keyLocks.failed(field.accessKey, nowNanoseconds: now)
            return .authentication(reason)
        }
        keyLocks.succeeded(field.accessKey)
        guard call.operation != .listProjects else { return nil }
        if let scope = request.headers.first(name: "X-Project-Id"), scope != call.project { return .notAllowed }
        if let projects = known?.projects, !projects.contains(call.project) { return .notAllowed }
        return nil
    }

    /// What is wrong with a signature, in the words of the gateway; nil: nothing.
    private func signatureFault(
        _ request: ReceivedRequest, _ field: AuthorizationField, _ known: KnownKey?, _ call: CloudCall,
        _ time: CloudTime
    ) -> String? {
        let mismatch = "verify aksk signature fail"
        guard let known else { return "Get secretKey failed,ak:\(field.accessKey),err:ak not exist" }
        guard field.signedHeaders.contains("x-sdk-date"), let date = request.headers.first(name: "X-Sdk-Date"),
            let signed = CivilTime(sdkDate: date)
        else { return "calc aksk signature fail:X-Sdk-Date is missing or invalid" }
        guard abs(signed.unixSeconds - time.unixSeconds) <= Self.skewMaxSeconds else {
            let serverTime = CivilTime(unixSeconds: time.unixSeconds).sdkDate
            return "calc aksk signature fail:signature expired, signature time:\(date),server time:\(serverTime)"
        }
        if let token = known.securityToken {
            guard let sent = request.headers.first(name: "X-Security-Token") else {
                return "Get secretKey failed,ak:\(field.accessKey),err:ak not exist"
            }
            guard sent == token else { return "decrypt token fail" }
        }
        if case .derived(let info) = field.algorithm {
            let parts = info.split(separator: "/", omittingEmptySubsequences: false)
            guard parts[0] == date.prefix(8), call.region.isEmpty || parts[1] == call.region,
                parts[2] == "functiongraph" || call.operation == .listProjects
            else { return mismatch }
        }
        guard zip(field.signedHeaders, field.signedHeaders.dropFirst()).allSatisfy({ $0 < $1 }),
            let canonical = CanonicalRequest.bytes(request, signedHeaders: field.signedHeaders)
        else { return mismatch }
        let expected = known.signing.signature(of: canonical, date: date, algorithm: field.algorithm)
        return field.signature.utf8.elementsEqual(expected) ? nil : mismatch
    }
}

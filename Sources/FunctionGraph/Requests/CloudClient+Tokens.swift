import FoundationEssentials
import HTTPTypes

extension CloudClient {
    /// Assumed where an answer does not say when a token ends; the vendor's live 24 hours.
    static let assumedTokenLifeSeconds = 3600.0

    /// A token of IAM v3 for one project, by password. Body and answer are OpenStack Keystone's.
    func createToken(
        region: String, project: String, domain: String, user: String, password: Secret, timeout: Duration
    ) async throws(CloudFailure) -> IssuedCredential {
        let base = endpoints.iam(region: region)
        let request = CloudRequest(
            method: .post, baseURL: base,
            encodedPath: Origin(base).prefix.hasSuffix("/v3") ? "/auth/tokens" : "/v3/auth/tokens",
            query: [("nocatalog", "true")],
            headers: [.contentType: "application/json;charset=utf8", .accept: "application/json"],
            body: try TokenRequestBody(domain: domain, user: user, password: password, project: project).encoded(),
            timeout: timeout, operation: .createToken, region: region, project: project)
        return try await exchange(request, credential: nil, secrets: [password]) { response throws(DecodeFault) in
            guard let token = response.headers[.subjectToken].map({ Text.trim($0) }), !token.isEmpty else {
                throw DecodeFault(message: "the answer has no X-Subject-Token")
            }
            let expiry = (try? JSONBody.decode(TokenBody.self, from: response.body))?.expiresAt
            return try issued(
                .token(Secret(token)), expiry: expiry, assumedLife: Self.assumedTokenLifeSeconds, response)
        }
    }

    /// A credential with its end by the local clock. An `expires_at` is by the cloud's clock, so where the clocks
    /// differ by a minute or more the difference is added.
    func issued(
        _ credential: Credential, expiry: String?, assumedLife: Double, _ response: CloudResponse
    ) throws(DecodeFault) -> IssuedCredential {
        knownSecrets.add(credential.secrets)
        let now = now()
        guard let end = expiry.flatMap(TimestampParser.parse) else {
            return IssuedCredential(
                credential: credential, issuedUnixSeconds: now, expiryUnixSeconds: now + assumedLife)
        }
        let skew = response.headers[.date].flatMap(TimestampParser.parseHTTPDate).map { now - $0 } ?? 0
        let localEnd = abs(skew) >= 60 ? end + skew : end
        guard localEnd > now else { throw DecodeFault(message: "the answer's credential has ended already") }
        return IssuedCredential(credential: credential, issuedUnixSeconds: now, expiryUnixSeconds: localEnd)
    }
}

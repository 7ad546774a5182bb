import HTTPTypes

extension CloudClient {
    /// Assumed where the metadata service does not say when a key ends; the vendor's live one hour.
    static let assumedKeyLifeSeconds = 900.0
    /// Life of the hardened variant's token, as the vendor's SDK asks for.
    static let metadataTokenLifeSeconds = 21_600

    /// A token of the hardened metadata service.
    func metadataToken(timeout: Duration) async throws(CloudFailure) -> Secret {
        var request = metadataRequest("/meta-data/latest/api/token", timeout: timeout)
        request.method = .put
        request.headers[.metadataTokenLifetime] = String(Self.metadataTokenLifeSeconds)
        return try await exchange(request, credential: nil) { response throws(DecodeFault) in
            let token = Text.trim(String(decoding: response.body, as: UTF8.self))
            guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw DecodeFault(message: "the answer is no metadata token")
            }
            knownSecrets.add([Secret(token)])
            return Secret(token)
        }
    }

    /// The temporary key of the machine's agency.
    func metadataKey(token: Secret?, timeout: Duration) async throws(CloudFailure) -> IssuedCredential {
        var request = metadataRequest("/openstack/latest/securitykey", timeout: timeout)
        if let token { request.headers[.metadataToken] = token.reveal() }
        return try await exchange(request, credential: nil, secrets: token.map { [$0] } ?? []) {
            response throws(DecodeFault) in
            let body = try JSONBody.decode(SecurityKeyBody.self, from: response.body)
            return try issued(
                .accessKey(body.key), expiry: body.expiresAt, assumedLife: Self.assumedKeyLifeSeconds, response)
        }
    }

    private func metadataRequest(_ path: String, timeout: Duration) -> CloudRequest {
        CloudRequest(
            baseURL: endpoints.metadata, encodedPath: path, timeout: timeout, maximumBodyBytes: 64 << 10,
            usesProxy: false, operation: .metadata, region: "", project: "")
    }
}

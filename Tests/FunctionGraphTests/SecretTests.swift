import HTTPTypes
import Testing

@testable import FunctionGraph

@Suite struct SecretTests {
    private static let value = "do-not-show-me"

    private func shown(_ value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(describing: value)) \(String(reflecting: value)) \(dumped)"
    }

    @Test func `nothing that holds a secret shows it`() throws {
        let secret = Secret(Self.value)
        let key = AccessKey(id: Self.value, secret: secret, securityToken: secret)
        let request = CloudRequest(
            baseURL: "https://h", encodedPath: "/x", headers: [.authorization: Self.value],
            body: Array(Self.value.utf8), timeout: .seconds(1), operation: .createToken, region: "", project: "")
        let response = CloudResponse(status: 201, headers: [.setCookie: Self.value], body: Array(Self.value.utf8))
        let texts = [
            shown(secret), shown(key), shown(Credential.accessKey(key)), shown(Credential.token(secret)),
            shown([secret: secret]), shown(Optional(secret) as Any), shown(request), shown(response),
            shown(StaticCredentialProvider(.token(secret))),
            shown(EnvironmentCredentials.Source.accessKey(key, origin: "X")),
        ]
        for text in texts {
            #expect(!text.contains(Self.value))
            #expect(!text.contains("100, 111, 45"), "the bytes of the body")
        }
        #expect(secret.reveal() == Self.value)
        #expect("\(secret)" == "<secret>")
        #expect("\(request)" == "GET https://h/x")
    }

    @Test func `a replaced static credential is served at once`() async throws {
        let provider = StaticCredentialProvider(.token(Secret("a")))
        #expect(try await provider.credential(region: "", project: "", timeout: .zero) == .token(Secret("a")))
        provider.replace(.token(Secret("b")))
        await provider.invalidate(.token(Secret("b")), region: "", project: "")
        try await provider.maintain()
        #expect(try await provider.credential(region: "", project: "", timeout: .zero) == .token(Secret("b")))
        #expect(await provider.expiryUnixSeconds() == nil)
    }

    @Test func `of the secrets that were issued the last are known, and one in use comes back`() {
        let known = KnownSecrets()
        known.add([Secret("the-first-secret")])
        for number in 0..<300 { known.add([Secret("issued-token-\(number)")]) }
        #expect(known.redact("the-first-secret, issued-token-299") == "the-first-secret, <secret>")
        known.add([Secret("the-first-secret")])
        #expect(known.redact("the-first-secret") == "<secret>")
    }
}

import Testing

@testable import Simulator

/// The pieces of the field.
struct AuthorizationFieldTests {
    @Test(arguments: [
        "", "Basic dXNlcg==", "SDK-HMAC-SHA256", "SDK-HMAC-SHA256 ", "SDK-HMAC-SHA256 Access=A",
        "SDK-HMAC-SHA256 Access=A, SignedHeaders=host", "SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=00",
        "SDK-HMAC-SHA256 Access=A, SignedHeaders=host, Signature=", "SDK-HMAC-SHA256 Access, SignedHeaders, Signature",
        "SDK-HMAC-SHA256 Credential=A/b/c/d, SignedHeaders=host, Signature=00",
        "V11-HMAC-SHA256 Access=A, SignedHeaders=host, Signature=00",
        "V11-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature=00",
        "V11-HMAC-SHA256 Credential=A/b/c, SignedHeaders=host, Signature=00",
        "V11-HMAC-SHA256 Credential=/b/c/d, SignedHeaders=host, Signature=00", "SDK-HMAC-SHA512 Access=A",
    ])
    func `a field that is not whole is none`(_ text: String) {
        #expect(AuthorizationField(text) == nil)
    }

    @Test func `a whole field is taken apart`() throws {
        let field = try #require(
            AuthorizationField("V11-HMAC-SHA256 Credential=A/20240321/r/s,SignedHeaders=host;x-sdk-date,  Signature=0f")
        )
        #expect(field.algorithm == .derived(info: "20240321/r/s"))
        #expect(field.accessKey == "A")
        #expect(field.signedHeaders == ["host", "x-sdk-date"])
        #expect(field.signature == "0f")
    }
}

import FoundationEssentials
import NIOHTTP1
import Testing

@testable import Simulator

/// The vendor's own signer made these requests; the check must make the same of each.
struct SigningVectorTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let method: String
        let wirePath: String
        let headersOut: [String: String]
        let body: String
        let ak: String
        let sk: String
        let date: String
        let canonicalRequest: String

        enum CodingKeys: String, CodingKey {
            case name, method, body, ak, sk, date
            case wirePath = "wire_path_after_requests"
            case headersOut = "headers_out"
            case canonicalRequest = "canonical_request"
        }

        var testDescription: String { name }

        var request: ReceivedRequest {
            ReceivedRequest(
                method: method, target: wirePath, headers: HTTPHeaders(headersOut.map { ($0.key, $0.value) }),
                body: Array(body.utf8))
        }
    }

    struct File: Decodable {
        let vectors: [Vector]
    }

    static let vectors: [Vector] = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "FunctionGraphTests/Resources/signing-vectors.json")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode(File.self, from: data))?.vectors ?? []
    }()

    @Test func `the file of vectors is there and whole`() {
        #expect(Self.vectors.count == 20)
    }

    @Test(arguments: vectors)
    func `a request of the vendor's signer is recomputed and accepted`(_ vector: Vector) throws {
        let text = try #require(vector.request.headers.first(name: "Authorization"))
        let field = try #require(AuthorizationField(text))
        #expect(field.accessKey == vector.ak)
        let canonical = try #require(CanonicalRequest.bytes(vector.request, signedHeaders: field.signedHeaders))
        #expect(String(decoding: canonical, as: UTF8.self) == vector.canonicalRequest)
        let signature = SigningKey(accessKey: vector.ak, secret: vector.sk)
            .signature(of: canonical, date: vector.date, algorithm: field.algorithm)
        #expect(String(decoding: signature, as: UTF8.self) == field.signature)
    }

    @Test(arguments: vectors)
    func `the same request with another secret has another signature`(_ vector: Vector) throws {
        let field = try #require(vector.request.headers.first(name: "Authorization").flatMap { AuthorizationField($0) })
        let canonical = try #require(CanonicalRequest.bytes(vector.request, signedHeaders: field.signedHeaders))
        let signature = SigningKey(accessKey: vector.ak, secret: vector.sk + "x")
            .signature(of: canonical, date: vector.date, algorithm: field.algorithm)
        #expect(String(decoding: signature, as: UTF8.self) != field.signature)
    }
}

import FoundationEssentials
import Testing

/// `signing-vectors.json`: what the vendor's own signer computes.
struct SigningVectors: Decodable {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var algorithm: String
        var method: String
        var url: String
        var host: String
        var resource_path: String
        var query: [[String]]
        var headers_out: [String: String]
        var body: String
        var ak: String
        var sk: String
        var date: String
        var signed_headers: [String]
        var canonical_request: String
        var string_to_sign: String
        var authorization: String
        var region: String?
        var derived_service: String?
        var derived_key_hex: String?
        var testDescription: String { name }
    }

    var vectors: [Vector]

    static func load() throws -> [Vector] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Resources/signing-vectors.json"))
        return try JSONDecoder().decode(SigningVectors.self, from: data).vectors
    }
}

import FoundationEssentials
import HTTPTypes
import Testing

@testable import FunctionGraph

extension SigningVectors.Vector {
    var key: AccessKey { AccessKey(id: ak, secret: Secret(sk)) }
    var signer: Signer {
        guard let region, let derived_service else { return Signer() }
        return Signer(.derived(region: region, service: derived_service))
    }
}

@Suite struct SignerTests {
    @Test func `there are twenty vectors, of both algorithms`() throws {
        let vectors = try SigningVectors.load()
        #expect(vectors.count == 20)
        #expect(Set(vectors.map(\.algorithm)) == ["SDK-HMAC-SHA256", "V11-HMAC-SHA256"])
    }

    @Test(arguments: try SigningVectors.load())
    func `every vector's texts and signature come out equal`(_ vector: SigningVectors.Vector) throws {
        let headers = vector.headers_out.filter { $0.key != "Authorization" }.map { ($0.key, $0.value) }
        let signature = vector.signer.sign(
            Signer.Input(
                method: vector.method, path: vector.resource_path, query: vector.query.map { ($0[0], $0[1]) },
                headers: headers, body: Array(vector.body.utf8), date: vector.date),
            key: vector.key)
        #expect(signature.canonicalRequest == vector.canonical_request)
        #expect(signature.stringToSign == vector.string_to_sign)
        #expect(signature.authorization == vector.authorization)
    }

    @Test func `the derived key is the text of its hexadecimal digits`() throws {
        let vector = try #require(try SigningVectors.load().first { $0.derived_key_hex != nil })
        let info = "\(vector.date.prefix(8))/\(vector.region ?? "")/\(vector.derived_service ?? "")"
        let derived = Signer.derivedKey(vector.key, info: info)
        #expect(String(decoding: derived, as: UTF8.self) == vector.derived_key_hex)
    }

    @Test(arguments: ["snapshot-state-minimal", "snapshot-enableSnapshot-minimal"])
    func `a whole request is signed as the vector, with host and date only`(_ name: String) throws {
        let vector = try #require(try SigningVectors.load().first { $0.name == name })
        var request = CloudRequest(
            baseURL: "https://" + vector.host, encodedPath: vector.resource_path, timeout: .seconds(1),
            operation: .snapshotState, region: "r", project: "p")
        let moment = try #require(TimestampParser.parse("2024-03-21T08:15:30Z"))
        Signer().authorize(&request, key: vector.key, unixSeconds: moment, projectID: nil)
        #expect(request.headers[.authorization] == vector.authorization)
        #expect(request.headers[.sdkDate] == vector.date)
        #expect(request.headers[.signedHost] == vector.host)
        #expect(request.url == vector.url)
    }

    @Test func `project and security token are sent and signed`() throws {
        let key = AccessKey(id: "A", secret: Secret("S"), securityToken: Secret("temporary"))
        var request = CloudRequest(
            baseURL: "https://h", encodedPath: "/x", timeout: .seconds(1), operation: .snapshotState, region: "r",
            project: "p")
        Signer().authorize(&request, key: key, unixSeconds: 0, projectID: "p1")
        #expect(request.headers[.projectID] == "p1")
        #expect(request.headers[.securityToken] == "temporary")
        let authorization = try #require(request.headers[.authorization])
        #expect(authorization.contains("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,"))
    }

    @Test func `a second signature replaces the first`() {
        var request = CloudRequest(
            baseURL: "https://h", encodedPath: "/x", timeout: .seconds(1), operation: .snapshotState, region: "r",
            project: "p")
        Signer().authorize(&request, key: Sample.key, unixSeconds: 0, projectID: "p")
        let first = request.headers[values: .authorization]
        Signer().authorize(&request, key: Sample.key, unixSeconds: 60, projectID: "p")
        #expect(request.headers[values: .authorization].count == 1)
        #expect(request.headers[values: .authorization] != first)
        #expect(request.headers[values: .sdkDate] == ["19700101T000100Z"])
    }

    @Test(arguments: [
        ("https://h.example:8443/pre/fix/", "h.example:8443", "/pre/fix"), ("http://[::1]:80", "[::1]:80", ""),
        ("https://user:secret@h", "h", ""), ("h/a", "h", "/a"),
    ])
    func `a base URL gives the host header and the path in front`(_ url: String, _ host: String, _ prefix: String) {
        #expect(Origin(url).authority == host)
        #expect(Origin(url).prefix == prefix)
    }

    @Test func `a prefix of the base URL is signed`() {
        func signature(_ base: String, _ path: String) -> String? {
            var request = CloudRequest(
                baseURL: base, encodedPath: path, timeout: .seconds(1), operation: .listFunctions, region: "",
                project: "")
            Signer().authorize(&request, key: Sample.key, unixSeconds: 0, projectID: nil)
            return request.headers[.authorization]
        }
        #expect(signature("https://h/gate", "/v2") == signature("https://h", "/gate/v2"))
        #expect(signature("https://h/gate", "/v2") != signature("https://h", "/v2"))
    }
}

import Testing

@testable import Simulator

/// The metadata service of an ECS.
struct MetadataTests {
    static let functions = "functions: [{urn: \"\(TestCloud.base)orders:v3\"}]\n"
    static let agency = "access_key: AGENCY, secret: agency-secret, lifetime: 1h"
    static let tokenPath = "/meta-data/latest/api/token"
    static let keyPath = "/openstack/latest/securitykey"

    static func token(_ cloud: TestCloud) async throws -> String {
        try await cloud.send("PUT", tokenPath, [("X-Metadata-Token-Ttl-Seconds", "21600")]).text
    }

    @Test func `the hardened form wants its token`() async throws {
        try await TestCloud.with("metadata: {hardened: true, \(Self.agency)}\n" + Self.functions) {
            (cloud) async throws in
            #expect(try await cloud.send("GET", Self.keyPath).status == 401)
            #expect(try await cloud.send("GET", Self.keyPath, [("X-Metadata-Token", "invented")]).status == 401)
            let token = try await Self.token(cloud)
            #expect(try await cloud.send("GET", Self.keyPath, [("X-Metadata-Token", token)]).status == 200)
            cloud.clock.advance(.seconds(21600))
            #expect(try await cloud.send("GET", Self.keyPath, [("X-Metadata-Token", token)]).status == 401)
        }
    }

    @Test(arguments: ["0", "21601", "x", ""])
    func `a token's time to live has its bounds`(_ seconds: String) async throws {
        try await TestCloud.with("metadata: {\(Self.agency)}\n" + Self.functions) { (cloud) async throws in
            let answer = try await cloud.send("PUT", Self.tokenPath, [("X-Metadata-Token-Ttl-Seconds", seconds)])
            #expect(answer.status == 400)
        }
    }

    @Test func `the plain form answers without a token and offers none`() async throws {
        try await TestCloud.with("metadata: {hardened: false, \(Self.agency)}\n" + Self.functions) {
            (cloud) async throws in
            #expect(try await cloud.send("PUT", Self.tokenPath, [("X-Metadata-Token-Ttl-Seconds", "60")]).status == 404)
            let answer = try await cloud.send("GET", Self.keyPath)
            #expect(answer["access"] == "AGENCY")
            #expect(answer["expires_at"] == "2024-03-21T09:15:30.000000Z")
        }
    }

    @Test(arguments: [
        ("metadata: {hardened: false}\n", 404, "Please configure a cloud service agency for the ECS first."),
        ("metadata: {enabled: false, \(agency)}\n", 404, "404 Not Found"), ("", 404, "404 Not Found"),
    ])
    func `without agency or service there is no key`(_ part: String, _ status: Int, _ text: String) async throws {
        try await TestCloud.with(part + Self.functions) { (cloud) async throws in
            let answer = try await cloud.send("GET", Self.keyPath)
            #expect(answer.status == status)
            #expect(answer.text == text)
        }
    }

    @Test func `a key is replaced ten minutes before its end, and both are good in between`() async throws {
        try await TestCloud.with("metadata: {hardened: false, \(Self.agency)}\n" + Self.functions) {
            (cloud) async throws in
            func key() async throws -> TestCloud.Signed {
                let answer = try await cloud.send("GET", Self.keyPath)
                return TestCloud.Signed(
                    key: answer["access"] ?? "", secret: answer["secret"] ?? "",
                    headers: [("X-Security-Token", answer["securitytoken"] ?? "")],
                    signedHeaders: ["host", "x-sdk-date", "x-security-token"])
            }
            let first = try await key()
            #expect(try await cloud.state("orders:v3", first).status == 200)
            cloud.clock.advance(.seconds(2999))
            #expect(try await key().key == first.key)
            cloud.clock.advance(.seconds(1))
            let second = try await key()
            #expect(second.key != first.key)
            #expect(try await cloud.state("orders:v3", first).status == 200)
            #expect(try await cloud.state("orders:v3", second).status == 200)
            cloud.clock.advance(.seconds(600))
            #expect(try await cloud.state("orders:v3", first).status == 401)
            #expect(try await cloud.state("orders:v3", second).status == 200)
        }
    }
}

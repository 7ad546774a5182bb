import Testing

@testable import Simulator

/// What the gateway says of signatures.
struct AuthenticationTests {
    static let scenario = """
        access_keys:
          - {id: \(TestCloud.key), secret: \(TestCloud.secret)}
          - {id: ELSEWHERE, secret: elsewhere, projects: [fedcba9876543210fedcba9876543210]}
          - {id: TEMPORARY, secret: temporary, security_token: the-token}
        functions:
          - {urn: "\(TestCloud.base)orders:v3", aliases: {prod: v3}}
          - {urn: "\(TestCloud.base)orders:v4"}
        """

    static func with<Value>(_ body: (TestCloud) async throws -> Value) async throws -> Value {
        let clock = ManualClock()
        let cloud = try await SimulatedCloud.start(scenario: scenario, clock: clock.cloudClock)
        let value: Result<Value, any Error>
        do { value = .success(try await body(TestCloud(cloud: cloud, clock: clock))) } catch { value = .failure(error) }
        await cloud.stop()
        return try value.get()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let signed: TestCloud.Signed
        let status: Int
        var code: String?
        var message: String?
    }

    static let cases: [Case] = [
        Case(testDescription: "a right signature", signed: .init(), status: 200),
        Case(
            testDescription: "more signed fields",
            signed: .init(
                headers: [("X-Project-Id", TestCloud.project), ("Content-Type", "application/json")],
                signedHeaders: ["content-type", "host", "x-project-id", "x-sdk-date"]), status: 200),
        Case(testDescription: "14 minutes old", signed: .init(ageSeconds: 840), status: 200),
        Case(testDescription: "14 minutes ahead", signed: .init(ageSeconds: -840), status: 200),
        Case(
            testDescription: "a wrong secret", signed: .init(secret: "wrong"), status: 401, code: "APIGW.0301",
            message: "Incorrect IAM authentication information: verify aksk signature fail"),
        Case(
            testDescription: "an unknown key", signed: .init(key: "UNKNOWN"), status: 401, code: "APIGW.0301",
            message: "Incorrect IAM authentication information: Get secretKey failed,ak:UNKNOWN,err:ak not exist"),
        Case(
            testDescription: "16 minutes old", signed: .init(ageSeconds: 960), status: 401, code: "APIGW.0301",
            message: "Incorrect IAM authentication information: calc aksk signature fail:signature expired, "
                + "signature time:20240321T075930Z,server time:20240321T081530Z"),
        Case(
            testDescription: "16 minutes ahead", signed: .init(ageSeconds: -960), status: 401, code: "APIGW.0301",
            message: "Incorrect IAM authentication information: calc aksk signature fail:signature expired, "
                + "signature time:20240321T083130Z,server time:20240321T081530Z"),
        Case(
            testDescription: "a date that is not signed", signed: .init(signedHeaders: ["host"]), status: 401,
            code: "APIGW.0301"),
        Case(
            testDescription: "a signed field that is not sent",
            signed: .init(signedHeaders: ["host", "x-missing", "x-sdk-date"]), status: 401, code: "APIGW.0301"),
        Case(
            testDescription: "names of fields out of order", signed: .init(signedHeaders: ["x-sdk-date", "host"]),
            status: 401, code: "APIGW.0301"),
        Case(
            testDescription: "another path than was signed",
            signed: .init(sentTarget: TestCloud.statePath(TestCloud.base + "orders:v4")), status: 401,
            code: "APIGW.0301"),
        Case(
            testDescription: "another query than was signed",
            signed: .init(sentTarget: TestCloud.statePath(TestCloud.base + "orders:v3") + "?a=b"), status: 401,
            code: "APIGW.0301"),
        Case(
            testDescription: "the same path in its other wire form",
            signed: .init(
                sentTarget: TestCloud.statePath(TestCloud.base + "orders:v3").replacingColons()), status: 200),
        Case(
            testDescription: "a project header that is not the path's",
            signed: .init(headers: [("X-Project-Id", "fedcba9876543210fedcba9876543210")]), status: 403,
            code: "APIGW.0302"),
        Case(
            testDescription: "a key of another project", signed: .init(key: "ELSEWHERE", secret: "elsewhere"),
            status: 403, code: "APIGW.0302"),
        Case(
            testDescription: "a temporary key with its token",
            signed: .init(
                key: "TEMPORARY", secret: "temporary", headers: [("X-Security-Token", "the-token")],
                signedHeaders: ["host", "x-sdk-date", "x-security-token"]), status: 200),
        Case(
            testDescription: "a temporary key without its token",
            signed: .init(key: "TEMPORARY", secret: "temporary"), status: 401, code: "APIGW.0301"),
        Case(
            testDescription: "a temporary key with another token",
            signed: .init(key: "TEMPORARY", secret: "temporary", headers: [("X-Security-Token", "other")]),
            status: 401, code: "APIGW.0301"),
        Case(
            testDescription: "a derived key", signed: .init(derivedInfo: "20240321/cn-north-4/functiongraph"),
            status: 200),
        Case(
            testDescription: "a key derived for another region",
            signed: .init(derivedInfo: "20240321/cn-south-1/functiongraph"), status: 401, code: "APIGW.0301"),
        Case(
            testDescription: "a key derived for another day",
            signed: .init(derivedInfo: "20240320/cn-north-4/functiongraph"), status: 401, code: "APIGW.0301"),
    ]

    @Test(arguments: cases)
    func `a signature is judged as the vendor documents`(_ test: Case) async throws {
        try await Self.with { (cloud) async throws in
            let answer = try await cloud.state("orders:v3", test.signed)
            #expect(answer.status == test.status)
            #expect(answer["error_code"] == test.code)
            if let message = test.message { #expect(answer["error_msg"] == message) }
            #expect(answer.headers["x-request-id"]?.count == 32)
            #expect(answer.headers["date"] == "Thu, 21 Mar 2024 08:15:30 GMT")
            #expect(cloud.cloud.requests().wrongKey == (test.status == 401 ? 1 : 0))
            if test.status == 401 { #expect(answer["request_id"] == answer.headers["x-request-id"]) }
        }
    }

    @Test func `a request without credentials is told which field is missing`() async throws {
        try await Self.with { (cloud) async throws in
            let answer = try await cloud.send("GET", TestCloud.statePath(TestCloud.base + "orders:v3"))
            #expect(answer.status == 401)
            #expect(
                answer["error_msg"] == "Incorrect IAM authentication information: x-auth-token not found")
        }
    }

    @Test func `five failures in a row lock a key for five minutes, also for the right secret`() async throws {
        try await Self.with { (cloud) async throws in
            for _ in 0..<5 {
                let answer = try await cloud.state("orders:v3", .init(secret: "wrong"))
                #expect(answer["error_msg"]?.hasSuffix("verify aksk signature fail") == true)
            }
            let locked = try await cloud.state("orders:v3")
            #expect(locked.status == 401)
            #expect(locked["error_msg"]?.hasSuffix("AK access failed to reach the limit,forbidden") == true)
            // Other keys go on.
            let other = try await cloud.state(
                "orders:v3",
                .init(key: "TEMPORARY", secret: "temporary", headers: [("X-Security-Token", "the-token")]))
            #expect(other.status == 200)
            cloud.clock.advance(.seconds(299))
            #expect(try await cloud.state("orders:v3").status == 401)
            cloud.clock.advance(.seconds(1))
            #expect(try await cloud.state("orders:v3").status == 200)
        }
    }

    @Test func `a success in between starts the count of failures anew`() async throws {
        try await Self.with { (cloud) async throws in
            for _ in 0..<3 {
                for _ in 0..<4 { _ = try await cloud.state("orders:v3", .init(secret: "wrong")) }
                #expect(try await cloud.state("orders:v3").status == 200)
            }
        }
    }

    @Test func `keys replaced while running are the ones that count`() async throws {
        try await Self.with { (cloud) async throws in
            try cloud.cloud.setKeys(yaml: "- {id: \(TestCloud.key), secret: rotated}")
            #expect(try await cloud.state("orders:v3").status == 401)
            #expect(try await cloud.state("orders:v3", .init(secret: "rotated")).status == 200)
        }
    }
}

extension String {
    /// The path as SDKs send it: `:` and `!` encoded.
    fileprivate func replacingColons() -> String {
        reduce(into: "") { text, character in
            text += character == ":" ? "%3A" : character == "!" ? "%21" : String(character)
        }
    }
}

import Testing

@testable import Simulator

/// Tokens of IAM.
struct TokenTests {
    static let other = "fedcba9876543210fedcba9876543210"
    static let neighbour = "11112222333344445555666677778888"
    static let scenario = """
        users:
          - {domain: corp, user: monitor, password: right, projects: [\(TestCloud.project), \(other)]}
        functions:
          - {urn: "\(TestCloud.base)orders:v3"}
          - {urn: "urn:fss:ap-southeast-1:\(other):function:default:orders:v3"}
          - {urn: "urn:fss:cn-north-4:\(neighbour):function:default:orders:v3"}
        """

    static func body(password: String = "right", scope: String?) -> String {
        let user = #"{"name":"monitor","password":"\#(password)","domain":{"name":"corp"}}"#
        let scope = scope.map { #","scope":{\#($0)}"# } ?? ""
        return #"{"auth":{"identity":{"methods":["password"],"password":{"user":\#(user)}}\#(scope)}}"#
    }

    static func token(
        _ cloud: TestCloud, password: String = "right", scope: String? = #""project":{"id":"\#(TestCloud.project)"}"#
    ) async throws -> RawAnswer {
        try await cloud.send(
            "POST", "/v3/auth/tokens?nocatalog=true", [("Content-Type", "application/json;charset=utf8")],
            body: body(password: password, scope: scope))
    }

    @Test func `a token comes in a header, with its times in the body, and opens the project`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await Self.token(cloud)
            #expect(answer.status == 201)
            let token = try #require(answer.headers["x-subject-token"])
            #expect(token.hasPrefix("MII"))
            #expect(token.count == 1024)
            #expect(answer["issued_at"] == "2024-03-21T08:15:30.000000Z")
            #expect(answer["expires_at"] == "2024-03-22T08:15:30.000000Z")
            #expect(answer.text.contains(#""catalog":[]"#))
            let path = TestCloud.statePath(TestCloud.base + "orders:v3")
            #expect(try await cloud.send("GET", path, [("X-Auth-Token", token)]).status == 200)
            cloud.clock.advance(.seconds(86399))
            #expect(try await cloud.send("GET", path, [("X-Auth-Token", token)]).status == 200)
            cloud.clock.advance(.seconds(1))
            let expired = try await cloud.send("GET", path, [("X-Auth-Token", token)])
            #expect(expired.status == 401)
            #expect(
                expired["error_msg"]
                    == "Incorrect IAM authentication information: token expires, expires_at 2024-03-22T08:15:30.000000Z"
            )
        }
    }

    struct Scope: Sendable, CustomTestStringConvertible {
        let scope: String?
        let issue: Int
        var code: String?
        /// What a state call in the first project gets with the token.
        var call = 200
        var callCode: String?
        var testDescription: String { scope ?? "none" }
    }

    @Test(arguments: [
        Scope(scope: #""project":{"name":"cn-north-4"}"#, issue: 201),
        Scope(scope: #""domain":{"name":"corp"},"project":{"name":"cn-north-4"}"#, issue: 201),
        Scope(scope: #""project":{"id":"\#(other)"}"#, issue: 201, call: 401, callCode: "APIGW.0307"),
        Scope(scope: #""project":{"name":"ap-southeast-1"}"#, issue: 201, call: 401, callCode: "APIGW.0307"),
        Scope(scope: nil, issue: 201, call: 401, callCode: "APIGW.0307"),
        Scope(scope: #""project":{"id":"\#(neighbour)"}"#, issue: 403, code: "IAM.0003"),
        Scope(scope: #""project":{"name":"cn-north-4_11112222"}"#, issue: 403, code: "IAM.0003"),
        Scope(scope: #""project":{"name":"mars-1"}"#, issue: 404, code: "IAM.0004"),
    ])
    func `the scope decides where a token is good`(_ test: Scope) async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await Self.token(cloud, scope: test.scope)
            #expect(answer.status == test.issue)
            #expect(answer["error_code"] == test.code)
            guard let token = answer.headers["x-subject-token"] else { return }
            let path = TestCloud.statePath(TestCloud.base + "orders:v3")
            let call = try await cloud.send("GET", path, [("X-Auth-Token", token)])
            #expect(call.status == test.call)
            #expect(call["error_code"] == test.callCode)
        }
    }

    @Test func `wrong passwords get 401 in Keystone's shape and lock the user after five`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            for _ in 0..<5 {
                let answer = try await Self.token(cloud, password: "wrong")
                #expect(answer.status == 401)
                #expect(
                    answer.text
                        == #"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#
                )
            }
            let locked = try await Self.token(cloud)
            #expect(locked.status == 401)
            #expect(locked["error_code"] == "IAM.0061")
            #expect(cloud.cloud.requests().wrongPassword == 6)
            cloud.clock.advance(.seconds(900))
            #expect(try await Self.token(cloud).status == 201)
        }
    }

    @Test func `failures further apart than fifteen minutes lock nobody`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            for _ in 0..<4 { _ = try await Self.token(cloud, password: "wrong") }
            cloud.clock.advance(.seconds(900))
            for _ in 0..<4 { _ = try await Self.token(cloud, password: "wrong") }
            #expect(try await Self.token(cloud).status == 201)
        }
    }

    @Test func `the other shape of a refusal bears a code`() async throws {
        try await TestCloud.with("tokens: {shape: fss}\n" + Self.scenario) { (cloud) async throws in
            let answer = try await Self.token(cloud, password: "wrong")
            #expect(answer["error_code"] == "IAM.0062")
        }
    }

    @Test(arguments: ["", "{", "{}", #"{"auth":{"identity":{"methods":["totp"]}}}"#])
    func `a body that is no login is refused`(_ body: String) async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await cloud.send("POST", "/v3/auth/tokens", body: body)
            #expect(answer.status == 400)
            #expect(answer["error_code"] == "IAM.0011")
        }
    }

    @Test func `an invented token is refused, and counted`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let path = TestCloud.statePath(TestCloud.base + "orders:v3")
            let answer = try await cloud.send("GET", path, [("X-Auth-Token", "MIIinvented")])
            #expect(answer.status == 401)
            #expect(answer["error_msg"] == "Incorrect IAM authentication information: decrypt token fail")
            #expect(cloud.cloud.requests().wrongToken == 1)
        }
    }

    @Test func `projects are listed by name for keys and tokens`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let byKey = try await cloud.get("/v3/projects?name=cn-north-4")
            #expect(byKey.text.ranges(of: "\"enabled\":true").count == 1)
            #expect(byKey["id"] == TestCloud.project)
            let token = try #require(try await Self.token(cloud).headers["x-subject-token"])
            let byToken = try await cloud.send("GET", "/v3/auth/projects", [("X-Auth-Token", token)])
            #expect(byToken.text.ranges(of: "\"enabled\":true").count == 2)
            #expect(!byToken.text.contains(Self.neighbour))
        }
    }
}

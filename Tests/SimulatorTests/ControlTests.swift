import Testing

@testable import Simulator

/// Throttling, control calls, counts, bounds of the connection.
struct ControlTests {
    static let functions = """
        functions:
          - {urn: "\(TestCloud.base)orders:v3", life: [{state: creating}]}

        """

    @Test func `more than the rate gets 429, and a second later there is room again`() async throws {
        try await TestCloud.with("limits: {requests_per_second: 3, retry_after: 1500ms}\n" + Self.functions) {
            (cloud) async throws in
            for _ in 0..<3 { #expect(try await cloud.state("orders:v3").status == 200) }
            let refused = try await cloud.state("orders:v3")
            #expect(refused.status == 429)
            #expect(refused["error_code"] == "APIGW.0308")
            #expect(
                refused["error_msg"]
                    == "The throttling threshold has been reached: policy api over ratelimit,limit:3,time:1 second")
            #expect(refused.headers["retry-after"] == "2")
            // Another project has a rate of its own.
            let other = try await cloud.get("/v2/fedcba9876543210fedcba9876543210/fgs/functions")
            #expect(other.status == 200)
            cloud.clock.advance(.seconds(1))
            for expected in [200, 200, 200, 429] { #expect(try await cloud.state("orders:v3").status == expected) }
        }
    }

    @Test func `control calls steer the cloud and are not counted`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            let urn = TestCloud.base + "orders:v3"
            let set = try await cloud.send("POST", "/_simulator/state?urn=\(urn)&state=create_fail&code=FSS.1")
            #expect(set.status == 200)
            #expect(set.text == #"{"status":"ok"}"#)
            #expect(try await cloud.state(urn).text == #"{"state":"create_fail","code":"FSS.1"}"#)
            let added = try await cloud.send(
                "POST", "/_simulator/add", body: "- {urn: \"\(TestCloud.base)new:v1\", life: [{state: enable}]}")
            #expect(added.status == 200)
            #expect(try await cloud.word("new:v1") == "enable")
            #expect(try await cloud.send("POST", "/_simulator/faults", body: "[{status: 503}]").status == 200)
            #expect(try await cloud.state("new:v1").status == 503)
            #expect(try await cloud.send("POST", "/_simulator/faults", body: "[]").status == 200)
            #expect(try await cloud.send("POST", "/_simulator/delete?urn=\(TestCloud.base)new:v1").status == 200)
            #expect(try await cloud.state("new:v1").status == 404)
            let counts = cloud.cloud.requests()
            #expect(counts.total == 4)
            #expect(counts.count(operation: "snapshot_state", project: TestCloud.project) == 4)
            // What was answered stays told after the function is gone.
            let told = [
                urn: RequestCounts.Answers(state: "create_fail", count: 1),
                TestCloud.base + "new:v1": RequestCounts.Answers(state: "enable", count: 1),
            ]
            #expect(counts.answers == told)
        }
    }

    @Test func `the counts come as JSON, and begin anew on demand`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            _ = try await cloud.state("orders:v3")
            _ = try await cloud.state("orders:v3", .init(secret: "wrong"))
            let answer = try await cloud.send("GET", "/_simulator/requests")
            #expect(
                answer.text.hasPrefix(
                    #"{"total":2,"by":[{"operation":"snapshot_state","project":"\#(TestCloud.project)","status":200,"#
                        + #""count":1},{"operation":"snapshot_state","project":"\#(TestCloud.project)","status":401,"#
                        + #""count":1}],"connections_opened":3,"#))
            #expect(answer.text.contains(#""wrong_key":1,"#))
            #expect(
                answer.text.hasSuffix(
                    #""answers":{"\#(TestCloud.base)orders:v3":{"state":"creating","count":1}}}"#))
            #expect(try await cloud.send("DELETE", "/_simulator/requests").status == 200)
            #expect(cloud.cloud.requests().total == 0)
            #expect(cloud.cloud.requests().answers.isEmpty)
        }
    }

    @Test func `a new scenario replaces everything and begins its lives anew`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            cloud.clock.advance(.seconds(1000))
            let text = """
                access_keys: [{id: NEW, secret: new}]
                functions: [{urn: "\(TestCloud.base)fresh:v1", life: [{state: creating, for: 10s}, {state: enable}]}]
                """
            #expect(try await cloud.send("POST", "/_simulator/scenario", body: text).status == 200)
            #expect(try await cloud.state("orders:v3").status == 401)
            let signed = TestCloud.Signed(key: "NEW", secret: "new")
            #expect(try await cloud.word("fresh:v1", signed) == "creating")
            cloud.clock.advance(.seconds(10))
            #expect(try await cloud.word("fresh:v1", signed) == "enable")
        }
    }

    @Test(arguments: [
        ("POST", "/_simulator/scenario", "functions: [{urn: x}]", 400, "scenario:1:19: urn: expected urn:fss:"),
        ("POST", "/_simulator/faults", "[{statuss: 1}]", 400, "faults:1:3: unknown key 'statuss'"),
        ("POST", "/_simulator/add", "- {}", 400, "functions:1:3: expected the key 'urn'"),
        ("POST", "/_simulator/keys", "- {id: A}", 400, "keys:1:3: expected the key 'secret'"),
        ("POST", "/_simulator/state?urn=absent&state=enable", "", 404, "absent: no such function"),
        ("POST", "/_simulator/state", "", 400, "expected urn and state"),
        ("POST", "/_simulator/absent", "", 404, "no such control call"),
        ("GET", "/_simulator/faults", "", 404, "no such"),
    ])
    func `a control call that cannot be obeyed says why and changes nothing`(
        _ method: String, _ target: String, _ body: String, _ status: Int, _ text: String
    ) async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            let answer = try await cloud.send(method, target, body: body)
            #expect(answer.status == status)
            #expect(answer.text.contains(text))
            #expect(try await cloud.state("orders:v3").text == #"{"state":"creating"}"#)
        }
    }

    @Test func `requests sent in one go are answered in order on one connection`() async throws {
        try await TestCloud.with(Self.functions + "faults: [{operation: metadata, delay: 10ms}]") {
            (cloud) async throws in
            let answer = try await RawClient(port: cloud.cloud.port).exchange(
                "GET /openstack/latest/securitykey HTTP/1.1\r\nHost: h\r\n\r\n"
                    + "GET /absent HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let all = String(decoding: answer.bytes, as: UTF8.self)
            #expect(all.ranges(of: "HTTP/1.1 404").count == 2)
            let first = try #require(all.firstRange(of: "404 Not Found\r\n"))
            let second = try #require(all.firstRange(of: "APIGW.0101"))
            #expect(first.lowerBound < second.lowerBound)
            #expect(cloud.cloud.requests().connectionsOpened == 1)
        }
    }

    @Test func `long answers to requests sent in one go follow each other whole`() async throws {
        try await TestCloud.with(Self.functions + "faults: [{operation: metadata, size: 3000000}]") {
            (cloud) async throws in
            let get = "GET /openstack/latest/securitykey HTTP/1.1\r\nHost: h\r\n"
            let answer = try await RawClient(port: cloud.cloud.port).exchange(
                "\(get)\r\n\(get)\r\n\(get)Connection: close\r\n\r\n")
            let text = String(decoding: answer.bytes, as: UTF8.self)
            #expect(text.ranges(of: "HTTP/1.1 200 OK").count == 3)
            #expect(text.ranges(of: "aaaa\"}").count == 3)
            #expect((9_000_000..<9_002_000).contains(answer.bytes.count))
        }
    }

    /// Described in few words: the requests themselves are long.
    struct Unfit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var target = "/"
        var field = "a"
        let status: Int
    }

    @Test(arguments: [
        Unfit(testDescription: "a target with a space", target: "/ x y", status: 400),
        Unfit(testDescription: "a field of 33,000 bytes", field: String(repeating: "a", count: 33000), status: 494),
        Unfit(
            testDescription: "a target of 33,000 bytes", target: "/" + String(repeating: "a", count: 33000), status: 414
        ),
    ])
    func `what the gateway does not take is refused in its way`(_ unfit: Unfit) async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            let answer = try await cloud.send("GET", unfit.target, [("X-Field", unfit.field)])
            #expect(answer.status == unfit.status)
        }
    }
}

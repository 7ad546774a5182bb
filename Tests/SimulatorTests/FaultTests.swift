import Testing

@testable import Simulator

/// What goes wrong on demand.
struct FaultTests {
    static let functions = """
        functions:
          - {urn: "\(TestCloud.base)orders:v3", switch: enable}
          - {urn: "\(TestCloud.base)billing:v1"}

        """

    struct Case: Sendable, CustomTestStringConvertible {
        let fault: String
        let status: Int
        var body: String?
        var header: (String, String)?
        var testDescription: String { fault }
    }

    @Test(arguments: [
        Case(
            fault: "{status: 503, code: FSS.0503, message: away}", status: 503,
            body: #"{"error_code":"FSS.0503","error_msg":"away"}"#),
        Case(
            fault: "{status: 400, code: FSS.1310, message: m, shape: camel}", status: 400,
            body: #"{"errorCode":"FSS.1310","errorMsg":"m"}"#),
        Case(fault: "{code: C, message: m, shape: plain}", status: 500, body: #"{"code":"C","message":"m"}"#),
        Case(
            fault: "{status: 403, shape: keystone, message: m}", status: 403,
            body: #"{"error":{"code":403,"message":"m","title":"Forbidden"}}"#),
        Case(
            fault: "{status: 502, shape: html}", status: 502,
            body:
                "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n",
            header: ("content-type", "text/html")),
        Case(
            fault: "{status: 429, code: APIGW.0308, headers: {Retry-After: \"2\"}}", status: 429,
            header: ("retry-after", "2")),
        Case(fault: "{body: '{\"state\":7}'}", status: 200, body: #"{"state":7}"#),
        Case(fault: "{body: ''}", status: 200, body: ""),
        Case(fault: "{status: 302, headers: {Location: \"http://127.0.0.1:1/\"}}", status: 302, body: ""),
        Case(fault: "{date_skew: 20m}", status: 200, header: ("date", "Thu, 21 Mar 2024 08:35:30 GMT")),
        Case(fault: "{date_skew: -20m}", status: 200, header: ("date", "Thu, 21 Mar 2024 07:55:30 GMT")),
        Case(fault: "{delay: 10ms}", status: 200, body: #"{"state":"enable"}"#),
        Case(fault: "{headers: {X-Extra: there}}", status: 200, header: ("x-extra", "there")),
        Case(fault: "{operation: list_functions, status: 503}", status: 200),
        Case(fault: "{urn: \"*:billing:*\", status: 503}", status: 200),
        Case(fault: "{urn: \"*:orders:v?\", status: 503}", status: 503),
        Case(fault: "{region: cn-south-1, status: 503}", status: 200),
        Case(fault: "{region: cn-north-4, status: 503}", status: 503),
        Case(fault: "{project: absent, status: 503}", status: 200),
        Case(fault: "{project: \(TestCloud.project), status: 503}", status: 503),
        Case(fault: "{probability: 0, status: 503}", status: 200),
        Case(fault: "{at: 1s, status: 503}", status: 200),
    ])
    func `a fault strikes whom it names, in the way it names`(_ test: Case) async throws {
        try await TestCloud.with(Self.functions + "faults: [\(test.fault)]") { (cloud) async throws in
            let answer = try await cloud.state("orders:v3")
            #expect(answer.status == test.status)
            if let body = test.body { #expect(answer.text == body) }
            if let (name, value) = test.header { #expect(answer.headers[name] == value) }
            #expect(answer.headers["x-request-id"] != nil)
        }
    }

    @Test func `a gateway's error bears the request id in its body`() async throws {
        try await TestCloud.with(Self.functions + "faults: [{status: 401, code: APIGW.0301}]") { (cloud) async throws in
            let answer = try await cloud.state("orders:v3")
            #expect(answer["request_id"] == answer.headers["x-request-id"])
        }
    }

    @Test func `a cut head ends inside the head, a cut body inside the body`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            let whole = try await cloud.state("orders:v3")
            try cloud.cloud.setFaults(yaml: "[{cut: head}]")
            let head = try await cloud.state("orders:v3")
            #expect(!head.bytes.isEmpty)
            #expect(!head.bytes.contains(Array("\r\n\r\n".utf8)))
            try cloud.cloud.setFaults(yaml: "[{cut: body}]")
            let body = try await cloud.state("orders:v3")
            #expect(body.headers["content-length"] == String(whole.body.count))
            #expect(body.body == Array(whole.body.prefix(whole.body.count / 2)))
            #expect(cloud.cloud.requests().count(operation: "snapshot_state", status: 0) == 2)
            // Only the whole answer told a state.
            #expect(cloud.cloud.requests().answers.values.map(\.count) == [1])
        }
    }

    @Test(arguments: [
        ("connection", false), ("reset", true), ("connection, garbage: wire", false), ("reset, size: 100000", true),
        ("reset, endless: true", true), ("connection, status: 503", false), ("reset, delay: 10ms", true),
    ])
    func `a connection ends before any byte of the answer, in order or reset`(
        _ cut: String, _ isReset: Bool
    ) async throws {
        try await TestCloud.with(Self.functions + "faults: [{times: 1, cut: \(cut)}]") { (cloud) async throws in
            let answer = try await cloud.state("orders:v3")
            #expect(answer.bytes.isEmpty)
            #expect(answer.isReset == isReset)
            let requests = cloud.cloud.requests()
            #expect(requests.count(operation: "snapshot_state", status: 0) == 1)
            #expect(requests.answers.isEmpty)
            // The next connection is served again.
            #expect(try await cloud.word("orders:v3") == "enable")
        }
    }

    @Test func `garbage is a body that is no JSON, or no HTTP at all`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            try cloud.cloud.setFaults(yaml: "[{garbage: true}]")
            let body = try await cloud.state("orders:v3")
            #expect(body.status == 200)
            #expect(body.body.count == 256)
            #expect(String(validating: body.body, as: UTF8.self) == nil)
            try cloud.cloud.setFaults(yaml: "[{garbage: wire}]")
            let wire = try await cloud.state("orders:v3")
            #expect(wire.bytes.count == 256)
            #expect(!wire.bytes.starts(with: Array("HTTP".utf8)))
        }
    }

    @Test(arguments: [10, 31, 65536, 5_000_000])
    func `a body has the size it was asked to have`(_ size: Int) async throws {
        try await TestCloud.with(Self.functions + "faults: [{size: \(size)}]") { (cloud) async throws in
            let answer = try await cloud.state("orders:v3")
            #expect(answer.headers["content-length"] == String(size))
            #expect(answer.body.count == size)
            if size > 40 { #expect(answer.text.hasSuffix("aaa\"}")) }
        }
    }

    @Test func `a large body can be cut half way`() async throws {
        try await TestCloud.with(Self.functions + "faults: [{size: 1000000, cut: body}]") { (cloud) async throws in
            let answer = try await cloud.state("orders:v3")
            #expect(answer.headers["content-length"] == "1000000")
            #expect((400_000..<600_000).contains(answer.body.count))
        }
    }

    @Test func `an endless body goes on until the caller leaves`() async throws {
        try await TestCloud.with(Self.functions + "faults: [{endless: true}]") { (cloud) async throws in
            let answer = try await cloud.state("orders:v3", .init(atMost: 1_000_000))
            #expect(answer.status == 200)
            #expect(answer.headers["transfer-encoding"] == "chunked")
            #expect(answer.bytes.count >= 1_000_000)
        }
    }

    @Test func `a wrong key is refused under a fault of the service, not under one of the gateway`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            try cloud.cloud.setFaults(yaml: "[{status: 403, code: FSS.1126}]")
            #expect(try await cloud.state("orders:v3", .init(secret: "wrong")).status == 401)
            try cloud.cloud.setFaults(yaml: "[{status: 503}]")
            #expect(try await cloud.state("orders:v3", .init(secret: "wrong")).status == 503)
            #expect(cloud.cloud.requests().wrongKey == 2)
        }
    }

    @Test func `the first match wins, and a rule used up leaves to the next`() async throws {
        let rules = "faults: [{times: 2, status: 503}, {status: 500}]"
        try await TestCloud.with(Self.functions + rules) { (cloud) async throws in
            for expected in [503, 503, 500, 500] {
                #expect(try await cloud.state("orders:v3").status == expected)
            }
        }
    }

    @Test func `a fault has its time, which counts from when it was set`() async throws {
        try await TestCloud.with(Self.functions) { (cloud) async throws in
            cloud.clock.advance(.seconds(1000))
            try cloud.cloud.setFaults(yaml: "[{at: 30s, for: 1m, status: 503}]")
            for (wait, expected) in [(0, 200), (29, 200), (1, 503), (59, 503), (1, 200)] {
                cloud.clock.advance(.seconds(wait))
                #expect(try await cloud.state("orders:v3").status == expected)
            }
        }
    }

    @Test func `a probability strikes about that often`() async throws {
        try await TestCloud.with(Self.functions + "faults: [{probability: 0.3, status: 503}]") { (cloud) async throws in
            for _ in 0..<200 { _ = try await cloud.state("orders:v3") }
            let struck = cloud.cloud.requests().count(operation: "snapshot_state", status: 503)
            // Seeded: the same each time; the bounds are three deviations wide.
            #expect((40...80).contains(struck))
        }
    }
}

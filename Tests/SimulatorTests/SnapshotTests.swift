import Testing

@testable import Simulator

/// What FunctionGraph says of snapshots.
struct SnapshotTests {
    static let scenario = """
        functions:
          - urn: \(TestCloud.base)orders:v3
            switch: enable
            aliases: {prod: v3, canary: {version: v4, weights: {v3: 10}}}
            life: [{state: creating, for: 20s}, {state: enable, for: 5m, code: "0"}, {state: create_fail, code: FSS.9999}]
          - {urn: "\(TestCloud.base)orders:v4", switch: true, repeat: true,
             life: [{state: creating, for: 10s}, {state: expire, for: 10s}]}
          - {urn: "\(TestCloud.base)odd:v1", switch: 7, life: [{state: "Warming \\"up\\""}]}
          - {urn: "\(TestCloud.base)worker-{n}:v1", count: 3, stagger: 10s, repeat: true,
             life: [{state: creating, for: 10s}, {state: enable, for: 20s}]}
        """

    @Test func `a snapshot goes through the states of its life`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let stages: [(Duration, String)] = [
                (.zero, #"{"state":"creating"}"#),
                (.milliseconds(19999), #"{"state":"creating"}"#),
                (.milliseconds(1), #"{"state":"enable","code":"0"}"#),
                (.seconds(300), #"{"state":"create_fail","code":"FSS.9999"}"#),
                (.seconds(86400), #"{"state":"create_fail","code":"FSS.9999"}"#),
            ]
            for (wait, body) in stages {
                cloud.clock.advance(wait)
                let answer = try await cloud.state("orders:v3")
                #expect(answer.status == 200)
                #expect(answer.text == body)
            }
        }
    }

    @Test func `a life that repeats begins again, and a stagger sets its functions apart`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            for expected in ["creating", "expire", "creating", "expire"] {
                #expect(try await cloud.word("orders:v4") == expected)
                cloud.clock.advance(.seconds(10))
            }
            // 40 s on: the first is 10 s into its second turn of 30 s.
            for (number, expected) in [(1, "enable"), (2, "enable"), (3, "creating")] {
                #expect(try await cloud.word("worker-\(number):v1") == expected)
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let urn: String
        var action = "state"
        let status: Int
        var body: String?
        var code: String?
        var testDescription: String { "\(urn) \(action)" }
    }

    @Test(arguments: [
        Case(urn: "\(TestCloud.base)orders:!prod", status: 200, body: #"{"state":"creating"}"#),
        Case(urn: "\(TestCloud.base)orders%3A%21canary", status: 200, body: #"{"state":"creating"}"#),
        Case(urn: "\(TestCloud.base)odd:v1", status: 200, body: #"{"state":"Warming \"up\""}"#),
        Case(urn: "default:orders", status: 200, body: #"{"state":"disable"}"#),
        Case(urn: "orders", status: 200, body: #"{"state":"disable"}"#),
        Case(urn: "\(TestCloud.project):default:orders:v3", status: 200, body: #"{"state":"creating"}"#),
        Case(urn: "\(TestCloud.base)orders", status: 200, body: #"{"state":"disable"}"#),
        Case(urn: "\(TestCloud.base)orders:latest", status: 200, body: #"{"state":"disable"}"#),
        Case(urn: "\(TestCloud.base)absent:v3", status: 404, code: "FSS.1051"),
        Case(urn: "\(TestCloud.base)orders:v9", status: 404, code: "FSS.1052"),
        Case(urn: "\(TestCloud.base)orders:!absent", status: 404, code: "FSS.1053"),
        Case(urn: "urn:fss:x", status: 400, code: "FSS.1309"),
        Case(urn: "urn:fss:cn-north-4::function:default:orders:v3", status: 400, code: "FSS.1309"),
        Case(
            urn: "urn:fss:cn-north-4:fedcba9876543210fedcba9876543210:function:default:orders:v3", status: 400,
            code: "FSS.1309"),
        Case(urn: "\(TestCloud.base)orders:v3", action: "absent", status: 400, code: "FSS.0400"),
        Case(urn: "\(TestCloud.base)orders:v3", action: "enableSnapshot", status: 200, body: #"{"state":"enable"}"#),
        Case(urn: "\(TestCloud.base)orders:v4", action: "enableSnapshot", status: 200, body: #"{"state":true}"#),
        Case(urn: "\(TestCloud.base)odd:v1", action: "enableSnapshot", status: 200, body: #"{"state":7}"#),
        Case(urn: "\(TestCloud.base)worker-1:v1", action: "enableSnapshot", status: 404, code: "APIGW.0101"),
    ])
    func `a URN in any of its forms gets its answer`(_ test: Case) async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await cloud.get(TestCloud.statePath(test.urn, action: test.action))
            #expect(answer.status == test.status)
            if let body = test.body { #expect(answer.text == body) }
            #expect(answer["error_code"] == test.code)
        }
    }

    @Test(arguments: [
        ("GET", "/v2/\(TestCloud.project)/fgs/absent"), ("GET", "/"),
        ("POST", "/v2/\(TestCloud.project)/fgs/functions"), ("GET", "/v3/auth/tokens"), ("GET", "/%zz"),
    ])
    func `what the cloud does not have gets the gateway's 404`(_ method: String, _ target: String) async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await cloud.send(method, target)
            #expect(answer.status == 404)
            #expect(answer["error_code"] == "APIGW.0101")
        }
    }
}

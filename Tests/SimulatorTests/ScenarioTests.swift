import Testing

@testable import Simulator

/// Scenarios that are wrong, addresses that are refused, and the small things underneath.
struct ScenarioTests {
    @Test(arguments: [
        ("functions:\n  - {urn: nonsense}\n", "s.yml:2:11: urn: expected urn:fss:REGION:PROJECT:function:PACKAGE:NAME"),
        ("functionz: []\n", "s.yml:1:1: unknown key 'functionz', did you mean 'functions'?"),
        ("functions: 7\n", "s.yml:1:12: functions: expected a list, found text"),
        ("seed: -1\n", "s.yml:1:7: seed: expected a whole number"),
        ("users: [{domain: d, user: u}]\n", "s.yml:1:9: expected the key 'password'"),
        ("tokens: {lifetime: 1}\n", "s.yml:1:20: lifetime: expected a duration"),
        ("faults: [{cut: tail}]\n", "s.yml:1:16: cut: expected one of connection, reset, head, body"),
        ("faults: [{operation: all}]\n", "s.yml:1:22: operation: expected one of snapshot_state, "),
        ("faults: [{status: 99}]\n", "s.yml:1:19: status: expected a whole number from 200 to 599"),
        ("metadata: {access_key: A}\n", "s.yml:1:11: metadata: expected a secret beside the access_key"),
        (
            "functions: [{urn: \"\(TestCloud.base)f:v1\", life: [{state: a}, {state: b}]}]\n",
            "life: expected `for` in every step but the last"
        ),
        (
            "functions: [{urn: \"\(TestCloud.base)f:v1\", repeat: true, life: [{state: a, for: 1s}, {state: b}]}]\n",
            "life: expected `for` in every step, as the life repeats"
        ),
        ("functions: [{urn: \"\(TestCloud.base)f:v1\", life: []}]\n", "life: expected at least one step"),
        (
            "functions: [{urn: \"\(TestCloud.base)f:v1\", count: 2}]\n",
            "urn: expected {n}, where the number goes, as count is 2"
        ),
        (
            "functions: [{urn: \"\(TestCloud.base)f\"}, {urn: \"\(TestCloud.base)f:latest\"}]\n",
            "functions: \(TestCloud.base)f:latest stands here a second time"
        ),
        (
            "access_keys:\n  - {id: A, secret: a}\n  - {id: B, secret: b}\n  - {id: A, secret: c}\n",
            "s.yml:4:10: id: expected another id for each access key, A stands here a second time"
        ),
        (
            "functions: [{urn: \"\(TestCloud.base)f-{n}:v1\"}]\n",
            "s.yml:1:19: urn: expected the key 'count' beside {n}"
        ),
        (
            "functions:\n  - urn: \(TestCloud.base)f:v1\n    aliases: {prod: v2}\n",
            "s.yml:3:21: aliases: prod: expected a version of \(TestCloud.base)f in this scenario, found v2"
        ),
        (
            "functions:\n  - urn: \(TestCloud.base)f:v1\n    aliases: {prod: {version: v2}}\n",
            "s.yml:3:31: aliases: prod: expected a version of \(TestCloud.base)f in this scenario, found v2"
        ),
        (
            "functions:\n  - urn: \(TestCloud.base)f:v1\n    aliases: {prod: {version: v1, weights: {v3: 10}}}\n",
            "s.yml:3:45: aliases: prod: expected a version of \(TestCloud.base)f in this scenario, found v3"
        ),
        (
            "functions:\n  - {urn: \"\(TestCloud.base)f-{n}:v1\", count: 2, aliases: {prod: v2}}\n"
                + "  - {urn: \"\(TestCloud.base)f-1:v2\"}\n",
            "aliases: prod: expected a version of \(TestCloud.base)f-2 in this scenario, found v2"
        ),
        ("faults: [{operation: metadata}]\n", "s.yml:1:10: fault: expected what it does: status, code, "),
        ("faults: [{}]\n", "s.yml:1:10: fault: expected what it does: "),
        ("faults: [{garbage: false, endless: false, delay: 0s}]\n", "s.yml:1:10: fault: expected what it does: "),
        ("functions: [\n", "s.yml:"),
    ])
    func `a faulty scenario says where and what was expected`(_ text: String, _ message: String) async throws {
        let faults = await #expect(throws: ScenarioFaults.self) {
            try await SimulatedCloud.start(scenario: text, file: "s.yml")
        }
        #expect(faults?.description.contains(message) == true, "\(faults?.description ?? "")")
    }

    @Test func `the built-in scenario plays the function and knows the key that its summary names`() async throws {
        #expect(
            BuiltInScenario.summary == """
                function urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:v1
                access key id SIMULATEDACCESSKEY01
                secret access key simulated-secret-key-01
                """)
        let cloud = try await SimulatedCloud.start(scenario: BuiltInScenario.text, clock: ManualClock().cloudClock)
        let caller = TestCloud(cloud: cloud, clock: ManualClock())
        let signed = TestCloud.Signed(key: BuiltInScenario.accessKeyID, secret: BuiltInScenario.secretAccessKey)
        let state = try? await caller.word(BuiltInScenario.urn, signed)
        await cloud.stop()
        #expect(state == "creating")
    }

    @Test(arguments: [
        "functions:\n  - {urn: \"\(TestCloud.base)f:v1\", aliases: {prod: v2}}\n  - {urn: \"\(TestCloud.base)f:v2\"}\n",
        "functions: [{urn: \"\(TestCloud.base)f:v1\", aliases: {prod: latest}}]\n",
        "functions: [{urn: \"\(TestCloud.base)f-{n}:v1\", count: 1, aliases: {prod: v1}}]\n",
        "access_keys: [{id: A, secret: s}, {id: B, secret: s}]\n",
    ])
    func `what only looks like a fault is none`(_ text: String) throws {
        _ = try ScenarioReader.scenario(Array(text.utf8), file: "s.yml")
    }

    @Test func `a function added later may give an alias to a version that is there`() async throws {
        try await TestCloud.with("functions: [{urn: \"\(TestCloud.base)f:v1\"}]\n") { (cloud) async throws in
            try cloud.cloud.add(yaml: "[{urn: \"\(TestCloud.base)f:v2\", life: [{state: s}], aliases: {prod: v1}}]")
            #expect(try await cloud.word("f:!prod") == "enable")
        }
    }

    @Test func `all faults come in one go`() async throws {
        let faults = await #expect(throws: ScenarioFaults.self) {
            try await SimulatedCloud.start(scenario: "seed: x\nlimits: {a: 1, b: 2}\n", file: "s.yml")
        }
        #expect(faults?.faults.count == 3)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "example.com", "128.0.0.1", ""])
    func `an address that is not of the loopback interface is refused`(_ host: String) async throws {
        let error = await #expect(throws: SimulatedCloudError.self) {
            try await SimulatedCloud.start(scenario: "", host: host)
        }
        #expect(
            error?.description.hasSuffix("the simulator listens on loopback only (127.0.0.1, [::1] or localhost)")
                == true)
    }

    @Test func `an address in use is told as such`() async throws {
        let cloud = try await SimulatedCloud.start(scenario: "")
        let error = await #expect(throws: SimulatedCloudError.self) {
            try await SimulatedCloud.start(scenario: "", port: cloud.port)
        }
        #expect(error == .addressInUse("127.0.0.1:\(cloud.port)"))
        await cloud.stop()
    }

    @Test func `a skewed cloud dates its answers so and judges signatures by its own clock`() async throws {
        let text = "answers: {clock_skew: 16m}\nfunctions: [{urn: \"\(TestCloud.base)orders:v3\"}]\n"
        try await TestCloud.with(text) { (cloud) async throws in
            let answer = try await cloud.state("orders:v3")
            #expect(answer.status == 401)
            #expect(answer.headers["date"] == "Thu, 21 Mar 2024 08:31:30 GMT")
            #expect(try await cloud.state("orders:v3", .init(ageSeconds: -960)).status == 200)
        }
    }

    @Test(arguments: [
        ("*", "anything", true), ("", "", true), ("", "a", false), ("a*c", "abbc", true), ("a*c", "abcd", false),
        ("*:billing:*", "x:billing:v1", true), ("*:billing:*", "x:billingx:v1", false), ("a?c", "abc", true),
        ("a?c", "ac", false), ("*a*a*a*a*b", String(repeating: "a", count: 200), false), ("**", "x", true),
    ])
    func `a glob matches the whole text`(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(Glob(pattern).matches(text) == matches)
    }

    @Test(arguments: [
        (0.0, "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400.0, "20000229T000000Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_711_008_930.9, "20240321T081530Z", "Thu, 21 Mar 2024 08:15:30 GMT"),
        (4_102_444_799.0, "20991231T235959Z", "Thu, 31 Dec 2099 23:59:59 GMT"),
    ])
    func `times are written as the cloud writes them`(_ seconds: Double, _ sdk: String, _ http: String) {
        let time = CivilTime(unixSeconds: seconds)
        #expect(time.sdkDate == sdk)
        #expect(time.httpDate == http)
        #expect(CivilTime(sdkDate: sdk)?.unixSeconds == seconds.rounded(.down))
    }

    @Test(arguments: [
        "", "20240321T081530", "20240321 081530Z", "20240231T081530Z", "20241321T081530Z", "20240321T241530Z",
        "2024032xT081530Z",
    ])
    func `a date that is none is not read`(_ text: String) {
        #expect(CivilTime(sdkDate: text) == nil)
    }
}

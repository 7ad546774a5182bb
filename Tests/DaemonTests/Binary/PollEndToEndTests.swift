import Glibc
import Simulator
import Testing

/// From the cloud's answer to the page of metrics, by the real program.
struct PollEndToEndTests {
    private static let states = [
        "orders": "enable", "billing": "disable", "mail": "creating", "search": "create_fail", "stock": "expire",
        "cart": "circuit_breaking", "odd": "hibernating",
    ]
    private static let scenario =
        "functions:\n" + states.sorted { $0.key < $1.key }.map { Bench.function($0.key, $0.value) }.joined()
    private static let watch =
        "watch:\n  functions:\n"
        + (states.keys.sorted() + ["gone"]).map { "    - \(Samples.text($0))\n" }.joined()

    /// Whether the page says of each function what the cloud answered.
    private func isRight(_ page: MetricsPage) -> Bool {
        Self.states.allSatisfy { name, state in
            page.state(Samples.text(name)) == (state == "hibernating" ? "unknown" : state)
        } && page.reason(Samples.text("gone")) == "not_found"
    }

    private func check(_ bench: Bench, _ daemon: DaemonProcess) async throws {
        #expect(await daemon.isReady())
        #expect(try await becomes { isRight(try await daemon.page()) })
        let page = try await daemon.page()
        #expect(page.function("snapshot_as_expected", Samples.text("orders")) == 1)
        #expect(page.function("snapshot_as_expected", Samples.text("mail")) == 1)
        #expect(page.function("snapshot_as_expected", Samples.text("stock")) == 0)
        #expect(!page.has("snapshot_state", Samples.text("gone")))
        #expect(page.value("functiongraph_exporter_watched_functions") == 8)
        // What happens in the cloud happens on the page, and is counted.
        bench.cloud.setState(urn: Samples.text("stock"), state: "enable", code: "0")
        #expect(
            try await becomes {
                let page = try await daemon.page()
                return page.state(Samples.text("stock")) == "enable"
                    && page.function("snapshot_state_changes_total", Samples.text("stock")) == 1
                    && page.function("snapshot_response_info", Samples.text("stock"), ["code": "0"]) == 1
            })
        #expect(daemon.log.contains("snapshot state changed"))
        // Both sides counted the same requests; nothing was refused.
        daemon.signal(SIGTERM)
        #expect(await daemon.exit() == 0)
        #expect(bench.cloud.requests().wrongKey == 0)
    }

    @Test func `signed requests bring each function's state onto the page`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.configure(Self.watch)
            let daemon = try bench.start()
            try await check(bench, daemon)
            #expect(bench.cloud.requests().count(operation: "snapshot_state", status: 404) >= 1)
        }
    }

    @Test func `a password is exchanged for one token, however many functions wait for it`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.configure(Self.watch, accounts: Bench.byPassword)
            let daemon = try bench.start()
            try await check(bench, daemon)
            let tokens = bench.cloud.requests().by.filter { $0.operation == "create_token" }
            #expect(tokens.map(\.count) == [1])
        }
    }

    @Test func `what was asked and answered is what the counters say`() async throws {
        let scenario = "functions:\n" + Bench.function("orders", "enable", ", switch: enable")
        try await Bench.with(scenario) { bench in
            try bench.configure(
                "watch: {functions: [\"\(Samples.text("orders"))\"]}\n", poll: "switch: true, switch_interval: 10s")
            let daemon = try bench.start()
            let urn = Samples.text("orders")
            #expect(
                try await becomes {
                    let page = try await daemon.page()
                    return page.state(urn) == "enable" && page.function("snapshot_switch_enabled", urn) == 1
                })
            let page = try await daemon.page()
            let polls = page.value("functiongraph_api_requests_total", ["operation": "snapshot_state"])
            #expect(polls == page.function("polls_total", urn))
            #expect(
                page.value("functiongraph_api_requests_total", ["operation": "snapshot_switch"]).map { $0 >= 1 } == true
            )
            let failures = page.all("functiongraph_api_request_failures_total", ["operation": "snapshot_state"])
            #expect(failures.count == 12)
            #expect(failures.allSatisfy { $0.value == 0 })
            #expect(page.value("functiongraph_api_clock_skew_seconds").map { abs($0) < 3 } == true)
            let functions = try await daemon.get("/api/v1/functions").text
            #expect(functions.contains("\"state\":\"enable\""))
            #expect(functions.contains("\"switch_enabled\":true"))
        }
    }

    @Test func `nothing that is secret is shown anywhere, whatever goes wrong`() async throws {
        let scenario = "functions:\n" + Bench.function("orders", "enable")
        let token = "token-that-nobody-may-see"
        let wrong = "wrong-secret-key-that-nobody-may-see"
        try await Bench.with(scenario) { bench in
            let accounts = """
                accounts:
                  - name: good
                    auth: {access_key: {id: {env: TEST_KEY_ID}, secret: {env: TEST_SECRET}}}
                  - name: wrong
                    projects: [a1]
                    auth: {access_key: {id: {env: TEST_KEY_ID}, secret: {file: wrong}}}
                  - {name: token, projects: [a2], auth: {token: {file: token}}}
                  - {name: user, projects: [a3], auth: {password: {domain: corp, user: monitor, password: {file: wrong}}}}

                """
            try bench.directory.write("wrong", wrong + "\n")
            try bench.directory.write("token", token + "\n")
            let functions = ["a1", "a2", "a3"].map { Samples.text("f", project: $0) } + [Samples.text("orders")]
            try bench.configure(
                "watch:\n  functions:\n" + functions.map { "    - \($0)\n" }.joined(), accounts: accounts)
            let daemon = try bench.start(["--log.level", "debug", "--web.enable-lifecycle"])
            #expect(
                try await becomes {
                    let page = try await daemon.page()
                    return page.state(Samples.text("orders")) == "enable"
                        && functions.dropLast().allSatisfy { page.reason($0) == "unauthorized" }
                })
            try bench.directory.write("config.yml", "accounts: [{name: x, auth: {token: {file: token}, bad: 1}}]\n")
            let refused = try await daemon.get("/-/reload", method: "POST")
            #expect(refused.status == 422)
            var texts = [refused.text]
            for path in ["/", "/metrics", "/api/v1/functions", "/-/healthy"] {
                texts.append(try await daemon.get(path).text)
            }
            texts.append(
                try await daemon.get("/metrics", headers: [("Accept", "application/openmetrics-text;version=1.0.0")])
                    .text)
            daemon.signal(SIGTERM)
            #expect(await daemon.exit() == 0)
            texts.append(daemon.log)
            texts.append(daemon.output)
            #expect(texts.allSatisfy { !$0.isEmpty || $0 == daemon.output })
            for secret in [Bench.keyID, Bench.secret, Bench.password, token, wrong, "Signature="] {
                for text in texts { #expect(!text.contains(secret), "\(secret)") }
            }
        }
    }
}

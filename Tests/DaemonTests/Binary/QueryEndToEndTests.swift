import Simulator
import Testing

/// `query`, by the real program against the simulated cloud.
struct QueryEndToEndTests {
    private static let scenario =
        "functions:\n"
        + ["orders", "billing", "mail"].map { Bench.function($0, "enable") }.joined()

    /// Runs it to its end.
    private func query(
        _ bench: Bench, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: Int32?, output: String, messages: String) {
        let program = try DaemonProcess(
            ["query", "--config.file", bench.directory.path(of: "config.yml")] + arguments,
            environment: Bench.environment.merging(environment) { $1 })
        return (await program.exit(), program.output, program.log)
    }

    private func rows(_ output: String) -> [[String]] {
        output.split(separator: "\n").dropFirst().map { line in
            Array(line.split(separator: " ", omittingEmptySubsequences: true).map(String.init).prefix(3))
        }
    }

    @Test func `the whole list is polled, whatever is said of serve in the environment`() async throws {
        try await Bench.with(Self.scenario) { bench in
            let names = ["orders", "billing", "mail"]
            try bench.configure("watch:\n  functions:\n" + names.map { "    - \(Samples.text($0))\n" }.joined())
            let environment = [
                "FUNCTIONGRAPH_EXPORTER_SHARD": "0/10000", "FUNCTIONGRAPH_EXPORTER_WEB_MAX_REQUESTS": "many",
                "FUNCTIONGRAPH_EXPORTER_WEB_LISTEN_ADDRESS": "zzz", "FUNCTIONGRAPH_EXPORTER_LOG_LEVEL": "loud",
            ]
            let result = try await query(bench, [], environment: environment)
            #expect(result.status == 0)
            #expect(rows(result.output) == names.map { [Samples.text($0), "enable", "yes"] })
            #expect(result.messages == "")
        }
    }

    @Test func `a function that is not listed takes what is expected of it from the defaults, and is polled once`()
        async throws
    {
        try await Bench.with(Self.scenario) { bench in
            try bench.configure(
                """
                watch:
                  defaults: {expect: [disable]}
                  functions: [{urn: "\(Samples.text("orders"))", expect: []}]
                """)
            let (orders, billing) = (Samples.text("orders"), Samples.text("billing"))
            let result = try await query(bench, [billing, orders, billing])
            #expect(result.status == 0)
            #expect(rows(result.output) == [[billing, "enable", "no"], [orders, "enable", "-"]])
            #expect(bench.cloud.requests().count(operation: "snapshot_state", status: 200) == 2)
            try bench.configure("watch: {functions: []}\n")
            let bare = try await query(bench, [billing])
            #expect(rows(bare.output) == [[billing, "enable", "yes"]])
        }
    }

    @Test func `what the configuration is warned of is told on standard error`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.directory.makeDirectory("watch.d")
            try bench.directory.write("watch.d/bad.yml", "- nonsense\n")
            let path = try bench.configure(
                "watch: {files: [watch.d/*.yml], functions: [\"\(Samples.text("mail"))\"]}\n")
            let result = try await query(bench, [], environment: ["HTTPS_PROXY": "nonsense://"])
            #expect(result.status == 0)
            #expect(rows(result.output) == [[Samples.text("mail"), "enable", "yes"]])
            let lines = result.messages.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.hasPrefix("warning: \(path): the variable HTTPS_PROXY") == true)
            #expect(lines.last?.hasPrefix("warning: \(bench.directory.path(of: "watch.d/bad.yml")):1:3: ") == true)
        }
    }

    @Test func `an empty path is wrong usage`() async throws {
        let program = try DaemonProcess(["query", "--config.file", ""])
        #expect(await program.exit() == 64)
        #expect(program.log == "Error: --config.file: expected the path of a file, found ''\n")
    }
}

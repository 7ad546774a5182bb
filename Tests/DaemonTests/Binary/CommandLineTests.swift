import Glibc
import Testing

/// Flags and their variables, by the real program.
struct CommandLineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let flags: [String]
        let environment: [String: String]
        /// The line on standard error.
        let message: String
        var testDescription: String { message }

        init(_ flags: [String], _ message: String) {
            self.flags = flags
            environment = [:]
            self.message = message
        }

        /// Variables by their flags' part of the name.
        init(variables: [String: String], _ message: String) {
            flags = []
            environment = Dictionary(
                uniqueKeysWithValues: variables.map { ("FUNCTIONGRAPH_EXPORTER_\($0.key)", $0.value) })
            self.message = message
        }
    }

    private static let path =
        "expected a path such as /metrics, of letters, digits, - . _ ~ and /, that no other page has"
    private static let requests = "expected a whole number from 1 to 10000"

    @Test(arguments: [
        Case(["--web.max-requests", "0"], "--web.max-requests: \(requests), found '0'"),
        Case(["--web.max-requests", "-1"], "--web.max-requests: \(requests), found '-1'"),
        Case(["--web.max-requests", "many"], "--web.max-requests: \(requests), found 'many'"),
        Case(
            variables: ["WEB_MAX_REQUESTS": "10001"],
            "FUNCTIONGRAPH_EXPORTER_WEB_MAX_REQUESTS: \(requests), found '10001'"),
        Case(["--shard", "9/2"], "--shard: shard 9 of 2: expected 0 to 1"),
        Case(["--shard", "-1/2"], "--shard: shard -1 of 2: expected 0 to 1"),
        Case(
            variables: ["SHARD": "1"],
            "FUNCTIONGRAPH_EXPORTER_SHARD: '1' is no shard: expected I/N with N from 1 to 10000, such as 0/3"),
        Case(["--log.level", "loud"], "--log.level: expected debug, info, warn or error, found 'loud'"),
        Case(["--log.format", ""], "--log.format: expected auto, logfmt, json or journal, found ''"),
        Case(
            variables: ["WEB_ENABLE_LIFECYCLE": "yes"],
            "FUNCTIONGRAPH_EXPORTER_WEB_ENABLE_LIFECYCLE: expected true or false, found 'yes'"),
        Case(["--config.file", ""], "--config.file: expected the path of a file, found ''"),
        Case(
            ["--web.listen-address", "*:80"],
            "--web.listen-address: '*:80': expected host:port, :port or [::1]:port; a missing host means all addresses: ':80'"
        ),
        Case(
            variables: ["WEB_LISTEN_ADDRESS": ":80,zzz"],
            "FUNCTIONGRAPH_EXPORTER_WEB_LISTEN_ADDRESS: 'zzz': expected host:port, :port or [::1]:port"),
        Case(["--web.telemetry-path", "metrics"], "--web.telemetry-path: \(path), found 'metrics'"),
        Case(["--web.telemetry-path", "/%6d"], "--web.telemetry-path: \(path), found '/%6d'"),
        Case(["--web.telemetry-path", "/a/../b"], "--web.telemetry-path: \(path), found '/a/../b'"),
        Case(["--web.telemetry-path", "//a"], "--web.telemetry-path: \(path), found '//a'"),
        Case(["--web.telemetry-path", "/"], "--web.telemetry-path: \(path), found '/'"),
        Case(["--web.telemetry-path", "/-/healthy"], "--web.telemetry-path: \(path), found '/-/healthy'"),
        Case(["--web.telemetry-path", "/a?b"], "--web.telemetry-path: \(path), found '/a?b'"),
    ])
    func `a flag that cannot be is refused with one line that says what was expected`(_ test: Case) async throws {
        let program = try DaemonProcess(["serve"] + test.flags, environment: test.environment)
        #expect(await program.exit() == 64)
        #expect(program.log == "Error: \(test.message)\n")
        #expect(program.output == "")
    }

    @Test(arguments: [
        Case(["--shard", "9/2"], ""), Case(["--shard", "nonsense"], ""), Case(["--web.listen-address", "zzz"], ""),
        Case(["--web.max-requests", "0"], ""), Case(["--web.max-requests", "many"], ""),
        Case(["--web.telemetry-path", "q"], ""), Case(["--web.systemd-socket", "--web.enable-lifecycle"], ""),
        Case(["--log.level", "loud", "--log.format", "xml"], ""), Case(["--web.config.file", ""], ""),
        Case(
            variables: [
                "SHARD": "9/2", "WEB_LISTEN_ADDRESS": "zzz", "WEB_MAX_REQUESTS": "many", "WEB_TELEMETRY_PATH": "q",
                "WEB_SYSTEMD_SOCKET": "perhaps", "WEB_ENABLE_LIFECYCLE": "perhaps", "LOG_LEVEL": "loud",
                "LOG_FORMAT": "xml",
            ], ""),
    ])
    func `check ignores the flags of serve that name no file`(_ test: Case) async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("config.yml", "watch: {functions: []}\n")
        let program = try DaemonProcess(["check", "--config.file", path] + test.flags, environment: test.environment)
        #expect(await program.exit() == 0)
        #expect(program.output.split(separator: "\n").last?.hasPrefix("\(path): good: 0 functions, ") == true)
        // Nor does a directory of one's own concern anyone.
        #expect(program.log == "")
    }

    @Test(
        arguments: [
            (["--config.file", ""], [:], "--config.file: expected the path of a file, found ''\n"),
            ([], ["FUNCTIONGRAPH_EXPORTER_CONFIG_FILE": "/none.yml"], "/none.yml: does not exist\n"),
            (
                [],
                ["FUNCTIONGRAPH_EXPORTER_CONFIG_FILE": "/dev/null", "FUNCTIONGRAPH_EXPORTER_WEB_CONFIG_FILE": "/none"],
                "/dev/null:1:1: expected the key 'watch'\n/none: does not exist\n"
            ),
            (
                ["--web.config.file", ""],
                ["FUNCTIONGRAPH_EXPORTER_CONFIG_FILE": "/dev/null", "FUNCTIONGRAPH_EXPORTER_WEB_CONFIG_FILE": "/none"],
                "/dev/null:1:1: expected the key 'watch'\n"
            ),
        ] as [([String], [String: String], String)])
    func `check reads the files that the flags name, and ends with 1 on a fault`(
        flags: [String], environment: [String: String], output: String
    ) async throws {
        let program = try DaemonProcess(["check"] + flags, environment: environment)
        #expect(await program.exit() == 1)
        #expect(program.output == output)
    }

    @Test func `an unknown flag is wrong usage for every command`() async throws {
        for command in ["serve", "check", "query"] {
            let program = try DaemonProcess([command, "--no-such-flag"])
            #expect(await program.exit() == 64)
            #expect(program.log.contains("--no-such-flag"))
        }
    }

    @Test func `variables that are empty count as unset`() async throws {
        let scenario = "functions:\n" + Bench.function("orders", "enable")
        try await Bench.with(scenario) { bench in
            try bench.configure("watch: {functions: [\"\(Samples.text("orders"))\"]}\n")
            let names = [
                "WEB_SYSTEMD_SOCKET", "WEB_CONFIG_FILE", "WEB_TELEMETRY_PATH", "WEB_MAX_REQUESTS",
                "WEB_ENABLE_LIFECYCLE", "SHARD", "LOG_LEVEL", "LOG_FORMAT", "CONFIG_FILE",
            ]
            let environment = Dictionary(uniqueKeysWithValues: names.map { ("FUNCTIONGRAPH_EXPORTER_\($0)", "") })
            let daemon = try bench.start(environment: environment)
            #expect(await daemon.isReady())
            #expect(try await daemon.get("/metrics").status == 200)
            daemon.signal(SIGTERM)
            #expect(await daemon.exit() == 0)
        }
        let check = try DaemonProcess(["check"], environment: ["FUNCTIONGRAPH_EXPORTER_CONFIG_FILE": ""])
        #expect(await check.exit() != nil)
        #expect(check.output.contains("/etc/functiongraph-exporter/config.yml: "))
    }
}

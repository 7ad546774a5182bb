import Glibc
import Testing

/// How the real program begins and ends, and what systemd hears of it.
struct SystemdEndToEndTests {
    @Test func `READY follows the listeners, pings come at half of the interval, STOPPING and 0 end it`() async throws {
        try await Bench.with("") { bench in
            let notify = try NotifySocket()
            // The cloud is away: no reason for anything.
            try bench.configure("watch: {functions: [\"\(Samples.text("a"))\"]}\n", url: "http://127.0.0.1:1")
            let daemon = try bench.start(environment: ["NOTIFY_SOCKET": notify.path, "WATCHDOG_USEC": "1000000"])
            var datagrams: [String] = []
            let isReady = await becomes {
                datagrams += notify.receive()
                return datagrams.contains { $0.split(separator: "\n").contains("READY=1") }
            }
            #expect(isReady)
            // Whoever is told READY finds it listening, at once.
            #expect(try await daemon.get("/-/ready").status == 200)
            #expect(datagrams.contains { $0.contains("STATUS=watching 1 function") })

            var pings = datagrams.count { $0.contains("WATCHDOG=1") }
            let start = ContinuousClock.now
            let enough = await becomes {
                pings += notify.receive().count { $0.contains("WATCHDOG=1") }
                return pings >= 7
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            #expect(enough)
            // Seven take 3 s; some may have waited in the socket, and a busy machine takes longer. Without the interval they
            // would come at once.
            #expect((1.0...60.0).contains(seconds))
            #expect(try await daemon.get("/-/healthy").status == 200)

            daemon.signal(SIGTERM)
            let stop = ContinuousClock.now
            #expect(await daemon.exit() == 0)
            #expect(ContinuousClock.now - stop < .seconds(10))
            #expect(notify.receive().contains { $0.split(separator: "\n").contains("STOPPING=1") })
        }
    }

    @Test func `SIGINT ends it too, with polls under way`() async throws {
        try await Bench.with("answers: {delay: 30s}\nfunctions:\n" + Bench.function("a", "enable")) { bench in
            try bench.configure("watch: {functions: [\"\(Samples.text("a"))\"]}\n", poll: "switch: false")
            let daemon = try bench.start()
            #expect(await daemon.isReady())
            #expect(try await becomes { try await daemon.page().value("functiongraph_api_requests_in_flight") == 1 })
            daemon.signal(SIGINT)
            let stop = ContinuousClock.now
            #expect(await daemon.exit() == 0)
            #expect(ContinuousClock.now - stop < .seconds(10))
        }
    }

    @Test func `a cloud that accepts connections and says nothing does not keep it from ending`() async throws {
        try await ScriptedServer.with({ _ in [] }) { silent in
            try await Bench.with("") { bench in
                // The handshake never gets an answer.
                try bench.configure(
                    "watch: {functions: [\"\(Samples.text("a"))\"]}\n", poll: "switch: false", url: silent.httpsURL,
                    timeout: "20s")
                let daemon = try bench.start()
                #expect(await daemon.isReady())
                #expect(await becomes { silent.connections > 0 })
                daemon.signal(SIGTERM)
                let stop = ContinuousClock.now
                #expect(await daemon.exit(within: .seconds(30)) == 0)
                #expect(ContinuousClock.now - stop < .seconds(10))
            }
        }
    }

    @Test func `SIGTERM while the start still reads is a stop as asked`() async throws {
        try await Bench.with("") { bench in
            let rows = (0..<8000).map { "    - \"\(Samples.text("f\($0)"))\"\n" }.joined()
            try bench.configure("watch:\n  functions:\n\(rows)", url: "http://127.0.0.1:1")
            let daemon = try bench.start()
            #expect(await becomes(within: .seconds(20)) { daemon.handles(SIGTERM) })
            daemon.signal(SIGTERM)
            #expect(await daemon.exit() == 0)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var config: String?
        var arguments: [String] = []
        let code: Int32
        let says: String
    }

    private static let good = "watch: {functions: []}\naccounts: [{name: a, auth: {token: {env: T}}, projects: [p1]}]\n"

    @Test(arguments: [
        Case(testDescription: "no configuration", code: 1, says: "config.yml: "),
        Case(
            testDescription: "an unknown key", config: "watch: {functions: []}\nwach: 1\n", code: 78,
            says: "config.yml:2:1: "),
        Case(testDescription: "a wrong type", config: "watch: {functions: yes}\n", code: 78, says: "config.yml:1:20: "),
        Case(
            testDescription: "a bad duration", config: "poll: {interval: soon}\nwatch: {functions: []}\n", code: 78,
            says: "config.yml:1:18: "),
        Case(
            testDescription: "a malformed URN", config: "watch: {functions: [\"urn:fss:x\"]}\n", code: 78,
            says: "config.yml:1:21: "),
        Case(
            testDescription: "a key given twice", config: "watch: {functions: []}\nwatch: {functions: []}\n", code: 78,
            says: "config.yml:2:1: "),
        Case(testDescription: "a watch that names nothing", config: "watch: {}\n", code: 78, says: "config.yml:1:8: "),
        Case(
            testDescription: "a missing secret",
            config: "watch: {functions: []}\naccounts: [{name: a, auth: {token: {file: nowhere}}, projects: [p1]}]\n",
            code: 1, says: "nowhere"),
        Case(
            testDescription: "a missing file of authorities",
            config: "watch: {functions: []}\ntls: {ca_file: nowhere.pem}\n", code: 1, says: "config.yml:2:16: "),
        Case(
            testDescription: "a file of authorities without any",
            config: "watch: {functions: []}\ntls: {ca_file: config.yml}\n", code: 78, says: "config.yml:2:16: "),
        Case(testDescription: "no YAML", config: "watch: [\n", code: 78, says: "config.yml:"),
        Case(
            testDescription: "an unknown flag", config: good, arguments: ["--no-such-flag"], code: 64,
            says: "--no-such-flag"),
        Case(
            testDescription: "an address that is none", config: good, arguments: ["--web.listen-address", "x:y"],
            code: 64, says: "x:y"),
        Case(
            testDescription: "a shard that is none", config: good, arguments: ["--shard", "3/3"], code: 64, says: "3"),
        Case(
            testDescription: "no socket of systemd", config: good, arguments: ["--web.systemd-socket"], code: 1,
            says: "--web.systemd-socket"),
    ])
    func `what is wrong is said in one line, and the exit code says who can mend it`(_ test: Case) async throws {
        let directory = try TemporaryDirectory()
        if let config = test.config { try directory.write("config.yml", config) }
        let daemon = try DaemonProcess(
            ["serve", "--config.file", directory.path(of: "config.yml"), "--web.listen-address", "127.0.0.1:0"]
                + test.arguments, environment: ["T": "token"])
        #expect(await daemon.exit() == test.code)
        let lines = daemon.log.split(separator: "\n").filter { $0.contains(test.says) }
        #expect(lines.count == 1, "\(daemon.log)")
        #expect(!daemon.log.contains("Fatal"))
    }

    @Test func `every certificate that cannot be read is a fault at its place`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("config.yml", Self.good)
        try directory.write("key.pem", "nonsense")
        let web = try directory.write(
            "web.yml",
            "tls_server_config:\n  cert_file: nowhere.pem\n  key_file: key.pem\n  client_ca_file: no.pem\n"
                + "  client_auth_type: RequireAndVerifyClientCert\n")
        let check = try DaemonProcess(
            ["check", "--config.file", directory.path(of: "config.yml"), "--web.config.file", web],
            environment: ["T": "token"])
        #expect(await check.exit() == 1)
        for place in ["2:14: cert_file: ", "3:13: key_file: ", "4:19: client_ca_file: "] {
            #expect(check.output.contains("web.yml:\(place)"), "\(check.output)")
        }
    }

    @Test func `an address in use is one line and exit code 1`() async throws {
        try await ScriptedServer.with({ _ in [] }) { other in
            let directory = try TemporaryDirectory()
            try directory.write("config.yml", Self.good)
            let address = "127.0.0.1:\(other.port)"
            let daemon = try DaemonProcess(
                ["--config.file", directory.path(of: "config.yml"), "--web.listen-address", address],
                environment: ["T": "token"])
            #expect(await daemon.exit() == 1)
            let lines = daemon.log.split(separator: "\n").filter { $0.contains(address) }
            #expect(lines.count == 1, "\(daemon.log)")
        }
    }

    @Test func `check says the same without a network, and --version what it is`() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("config.yml", "watch: {functions: []}\nwach: 1\npoll: {interval: soon}\n")
        let bad = try DaemonProcess(["check", "--config.file", path])
        #expect(await bad.exit() == 1)
        #expect(bad.output.contains("\(path):2:1: "))
        #expect(bad.output.contains("\(path):3:18: "))
        try directory.write("config.yml", Self.good)
        let good = try DaemonProcess(["check", "--config.file", path], environment: ["T": "token"])
        #expect(await good.exit() == 0)
        #expect(good.output.contains("good: 0 functions"))
        let version = try DaemonProcess(["--version"])
        #expect(await version.exit() == 0)
        #expect(version.output.hasPrefix("functiongraph-exporter "))
    }
}

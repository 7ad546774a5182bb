import Glibc
import Simulator
import Testing

/// Reloads of the real program: asked for, noticed by itself, good and bad.
struct ReloadEndToEndTests {
    private static let scenario =
        "functions:\n" + ["a", "b", "c", "d"].map { Bench.function($0, "enable") }.joined()

    private func watch(_ names: String...) -> String {
        "watch:\n  functions: [\(names.map { "\"\(Samples.text($0))\"" }.joined(separator: ", "))]\n"
            + "  files: [watch.d/*.yml]\n"
    }

    private func list(_ names: String...) -> String { names.map { "- \(Samples.text($0))\n" }.joined() }

    private func watched(_ daemon: DaemonProcess) async throws -> Double? {
        try await daemon.page().value("functiongraph_exporter_watched_functions")
    }

    private func isGood(_ daemon: DaemonProcess) async throws -> Double? {
        try await daemon.page().value("functiongraph_exporter_config_last_reload_successful")
    }

    @Test func `SIGHUP puts a good configuration in force and leaves everything at a bad one, and systemd is told`()
        async throws
    {
        try await Bench.with(Self.scenario) { bench in
            let notify = try NotifySocket()
            try bench.configure(watch("a"))
            let daemon = try bench.start(environment: ["NOTIFY_SOCKET": notify.path])
            #expect(await daemon.isReady())
            #expect(try await becomes { try await daemon.page().state(Samples.text("a")) == "enable" })
            let polls = try await daemon.page().function("polls_total", Samples.text("a")) ?? 0
            _ = notify.receive()

            try bench.configure(watch("a", "b"))
            let before = monotonicMicroseconds()
            daemon.signal(SIGHUP)
            #expect(try await becomes { try await watched(daemon) == 2 })
            #expect(try await isGood(daemon) == 1)
            // What stays keeps its counters.
            #expect(try await daemon.page().function("polls_total", Samples.text("a")).map { $0 >= polls } == true)
            try await expectReload(notify, since: before)

            try bench.configure(watch("a") + "wach: 1\n")
            daemon.signal(SIGHUP)
            #expect(try await becomes { try await isGood(daemon) == 0 })
            #expect(try await watched(daemon) == 2)
            let log = daemon.log
            #expect(log.contains("config.yml:7:1:"))
            #expect(log.contains("wach"))
            let refused = try await expectReload(notify, since: before)
            #expect(refused.contains { $0.contains("STATUS=reload refused: 1 fault; watching 2 functions") })
            #expect(try await daemon.get("/-/ready").status == 200)

            try bench.configure(watch("b"))
            daemon.signal(SIGHUP)
            #expect(try await becomes { try await isGood(daemon) == 1 })
            #expect(try await watched(daemon) == 1)
            try await expectReload(notify, since: before)
        }
    }

    /// One datagram with `RELOADING=1` and the time, then one with `READY=1`.
    @discardableResult
    private func expectReload(_ notify: NotifySocket, since before: UInt64) async throws -> [String] {
        var datagrams: [String] = []
        let isTold = await becomes {
            datagrams += notify.receive()
            return datagrams.contains { $0.contains("READY=1") }
        }
        #expect(isTold)
        let told = datagrams.map { $0.split(separator: "\n") }
        let reloading = try #require(told.firstIndex { $0.contains("RELOADING=1") })
        let ready = try #require(told.firstIndex { $0.contains("READY=1") })
        #expect(reloading < ready)
        let time = told[reloading].first { $0.hasPrefix("MONOTONIC_USEC=") }.flatMap { UInt64($0.dropFirst(15)) }
        #expect(time.map { $0 >= before && $0 <= monotonicMicroseconds() } == true)
        return datagrams
    }

    private func monotonicMicroseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
    }

    @Test func `POST answers when it is done: 200, or 422 with every fault`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.configure(watch("a"))
            let daemon = try bench.start(["--web.enable-lifecycle"])
            #expect(await daemon.isReady())
            try bench.configure(watch("a", "b", "c"))
            #expect(try await daemon.get("/-/reload", method: "POST").status == 200)
            #expect(try await watched(daemon) == 3)
            try bench.directory.write("config.yml", "watch: {functions: [nonsense]}\npoll: {interval: soon}\n")
            let refused = try await daemon.get("/-/reload", method: "POST")
            #expect(refused.status == 422)
            #expect(refused.text.contains("config.yml:1:"))
            #expect(refused.text.contains("config.yml:2:"))
            #expect(try await watched(daemon) == 3)
            #expect(try await isGood(daemon) == 0)
            // Calls queue, and each gets an answer.
            try bench.configure(watch("a"))
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...5 { group.addTask { try await daemon.get("/-/reload", method: "POST").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == [200, 200, 200, 200, 200])
            #expect(try await watched(daemon) == 1)
        }
    }

    @Test func `a changed watch file is noticed by itself, a bad one keeps its last good entries`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.directory.makeDirectory("watch.d")
            try bench.directory.write("watch.d/team.yml", list("b", "c"))
            try bench.configure(watch("a"))
            let daemon = try bench.start()
            #expect(await daemon.isReady())
            #expect(try await watched(daemon) == 3)

            // A new file.
            try bench.directory.write("watch.d/new.yml", list("d"))
            #expect(try await becomes(within: .seconds(12)) { try await watched(daemon) == 4 })
            #expect(try await isGood(daemon) == 1)

            // A bad one beside a good change: the good change counts, the bad file keeps what it had.
            try bench.directory.write("watch.d/team.yml", list("b") + "- nonsense\n")
            bench.directory.remove("watch.d/new.yml")
            #expect(try await becomes(within: .seconds(12)) { try await isGood(daemon) == 0 })
            #expect(try await becomes(within: .seconds(12)) { try await watched(daemon) == 3 })
            #expect(daemon.log.contains("watch.d/team.yml:2:3:"))

            // Mended.
            try bench.directory.write("watch.d/team.yml", list("b"))
            #expect(try await becomes(within: .seconds(12)) { try await isGood(daemon) == 1 })
            #expect(try await watched(daemon) == 2)
        }
    }

    @Test func `a new file of authorities is noticed by itself, a bad one refused`() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"state\":\"enable\"}"
        try await ScriptedServer.with(isTLS: true, { _ in [.send(answer)] }) { server in
            try await Bench.with("") { bench in
                // A certificate, but not of who signed the server's.
                try bench.directory.write("ca.pem", TestCertificates.server)
                try bench.configure(
                    "watch: {functions: [\"\(Samples.text("a"))\"]}\ntls: {ca_file: ca.pem}\n", url: server.httpsURL)
                let daemon = try bench.start()
                #expect(await daemon.isReady())
                #expect(try await becomes { try await daemon.page().reason(Samples.text("a")) == "tls" })
                try bench.directory.write("ca.pem", "nonsense")
                #expect(try await becomes(within: .seconds(12)) { try await isGood(daemon) == 0 })
                #expect(daemon.log.contains("holds no certificate in PEM form"))
                try bench.directory.write("ca.pem", TestCertificates.authority)
                #expect(try await becomes(within: .seconds(12)) { try await isGood(daemon) == 1 })
                // A project that was held meanwhile is tried at once.
                #expect(try await becomes { try await daemon.page().state(Samples.text("a")) == "enable" })
            }
        }
    }

    @Test func `a bad file found by a wildcard is left out at the start, and said so`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.directory.makeDirectory("watch.d")
            try bench.directory.write("watch.d/team.yml", "- nonsense\n")
            try bench.configure(watch("a"))
            let daemon = try bench.start()
            #expect(await daemon.isReady())
            #expect(try await watched(daemon) == 1)
            #expect(try await isGood(daemon) == 0)
            let page = try await daemon.page()
            #expect(page.value("functiongraph_exporter_config_last_reload_success_timestamp_seconds") != nil)
            #expect(daemon.log.contains("watch file refused; it is left out"))
            #expect(daemon.log.contains("configuration in force"))
        }
    }

    @Test func `a replaced secret ends the pause by itself`() async throws {
        try await Bench.with(Self.scenario) { bench in
            try bench.directory.write("secret", "not-the-secret")
            try bench.configure(
                watch("a"),
                accounts:
                    "accounts: [{name: main, auth: {access_key: {id: {env: TEST_KEY_ID}, secret: {file: secret}}}}]\n"
            )
            let daemon = try bench.start()
            #expect(await daemon.isReady())
            #expect(
                try await becomes { try await daemon.page().value("functiongraph_account_paused") == 1 })
            #expect(try await daemon.page().reason(Samples.text("a")) == "unauthorized")
            #expect(bench.cloud.requests().wrongKey <= 2)
            try bench.directory.write("secret", Bench.secret + "\n")
            #expect(
                try await becomes {
                    let page = try await daemon.page()
                    return page.state(Samples.text("a")) == "enable"
                        && page.value("functiongraph_account_paused") == 0
                })
        }
    }
}

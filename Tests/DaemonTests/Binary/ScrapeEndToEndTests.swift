import Glibc
import NIOCore
import Testing

/// The page of metrics over HTTP, from the real program.
struct ScrapeEndToEndTests {
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    @Test func `metrics come as text, as OpenMetrics, compressed and as a head alone, always the same series`()
        async throws
    {
        try await Bench.with("functions:\n" + Bench.function("orders", "enable")) { bench in
            try bench.configure("watch: {functions: [\"\(Samples.text("orders"))\"]}\n")
            let daemon = try bench.start()
            #expect(try await becomes { try await daemon.page().state(Samples.text("orders")) == "enable" })
            let text = try await daemon.get("/metrics")
            #expect(text.status == 200)
            #expect(text.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(!text.text.contains("# EOF"))
            let browser = try await daemon.get(
                "/metrics", headers: [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")])
            #expect(browser.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)

            let open = try await daemon.get(
                "/metrics",
                headers: [("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3")]
            )
            #expect(open.headers["content-type"]?.hasPrefix(String(Self.openMetrics.prefix(43))) == true)
            #expect(open.text.hasSuffix("# EOF\n"))
            #expect(open.text.contains("# TYPE functiongraph_snapshot_state stateset\n"))
            #expect(open.text.contains("# UNIT functiongraph_poll_interval_seconds seconds\n"))
            #expect(!open.text.contains("_created"))
            let page = MetricsPage(text.text)
            let same = MetricsPage(open.text)
            let names = Set(page.samples.map { [$0.name] + $0.labels.map { "\($0.key)=\($0.value)" }.sorted() })
            let openNames = Set(same.samples.map { [$0.name] + $0.labels.map { "\($0.key)=\($0.value)" }.sorted() })
            // Each scrape counts answers: a pair of handler and code may be new in the second.
            #expect(names.subtracting(openNames).isEmpty)
            #expect(openNames.subtracting(names).allSatisfy { $0[0] == "functiongraph_exporter_http_requests_total" })

            let gzip = try await daemon.get("/metrics", headers: [("Accept-Encoding", "gzip")])
            #expect(gzip.headers["content-encoding"] == "gzip")
            #expect(gzip.body.starts(with: [0x1F, 0x8B, 8]))
            #expect(gzip.body.count < text.body.count / 3)
            // The last four bytes of a gzip member are the length of what is in it.
            let length = gzip.body.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(abs(length - text.body.count) < 200)

            let head = try await daemon.get("/metrics", method: "HEAD")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.headers["content-type"] == text.headers["content-type"])
            for (path, method, status) in [
                ("/metric", "GET", 404), ("/metrics", "POST", 405), ("/-/reload", "GET", 405),
                ("/-/reload", "POST", 403), ("/", "GET", 200), ("/-/healthy", "GET", 200),
            ] {
                let answer = try await daemon.get(path, method: method)
                #expect(answer.status == status, "\(method) \(path)")
                #expect((answer.headers["allow"] != nil) == (status == 405))
            }
        }
    }

    @Test func `a telemetry path of one's own is the only one`() async throws {
        try await Bench.with("") { bench in
            try bench.configure("watch: {functions: []}\n")
            let daemon = try bench.start(
                ["--web.telemetry-path", "/probe"], environment: ["FUNCTIONGRAPH_EXPORTER_LOG_LEVEL": "debug"])
            #expect(await daemon.isReady())
            #expect(try await daemon.get("/probe").status == 200)
            #expect(try await daemon.get("/metrics").status == 404)
        }
    }
}

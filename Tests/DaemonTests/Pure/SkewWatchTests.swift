import Logging
import Testing

@testable import Daemon

struct SkewWatchTests {
    private let warning =
        "the local clock differs from the cloud's; from 15 minutes on the cloud refuses all signatures"
    private let end = "the local clock agrees with the cloud's again"

    @Test(arguments: [
        ([0.0, 299, -299], 0, 0), ([300], 1, 0), ([-300], 1, 0), ([900, 901, 400, 300], 1, 0),
        // Some way back before it counts as over.
        ([310, 290, 310, 290, 241], 1, 0), ([310, 239], 1, 1), ([310, 0, -310, 0], 2, 2),
    ])
    func `a skew of five minutes is warned of once until it is over`(seconds: [Double], warnings: Int, ends: Int) {
        let log = RecordedLog()
        let metrics = Metrics(version: .current)
        let watch = SkewWatch(metrics: metrics.exporter, logger: log.logger)
        for value in seconds {
            watch.observe(value, host: "h", now: .zero)
            #expect(MetricsPage(metrics.registry).value("functiongraph_api_clock_skew_seconds") == value)
        }
        #expect(log.records(warning).count == warnings)
        #expect(log.records(warning).allSatisfy { $0.level == .warning })
        #expect(log.records(end).count == ends)
        #expect(log.records.count == warnings + ends)
    }

    @Test func `each host has a clock of its own, and the farthest is shown`() {
        let log = RecordedLog()
        let metrics = Metrics(version: .current)
        let watch = SkewWatch(metrics: metrics.exporter, logger: log.logger)
        var shown: Double? { MetricsPage(metrics.registry).value("functiongraph_api_clock_skew_seconds") }
        for second in 0..<20 {
            watch.observe(1, host: "good", now: .seconds(second))
            watch.observe(-360, host: "bad", now: .seconds(second))
            #expect(shown == -360 && watch.seconds == -360)
        }
        #expect(log.records(warning).count == 1 && log.records.count == 1)
        // One that is asked no more is forgotten.
        watch.observe(2, host: "good", now: .seconds(3700))
        #expect(shown == 2)
    }

    @Test func `before any answer there is no skew on the page`() {
        #expect(MetricsPage(Metrics(version: .current).registry).all("functiongraph_api_clock_skew_seconds").isEmpty)
    }
}

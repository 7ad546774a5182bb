import Logging
import Synchronization

/// Shows how far the local clock is from the cloud's, and warns when that begins to matter: signatures are refused
/// at 15 minutes. Each host has a clock of its own; what is shown is the one that is farthest away.
final class SkewWatch: Sendable {
    /// From here on it is warned of.
    static let warningSeconds = 300.0
    /// A host that has not been heard of for so long is forgotten.
    private static let memory = Duration.seconds(3600)

    private struct Host {
        var seconds: Double
        var heard: Duration
        var isWarned = false
    }

    private let metrics: ExporterMetrics
    private let logger: Logger
    private let hosts = Mutex<[String: Host]>([:])

    init(metrics: ExporterMetrics, logger: Logger) {
        self.metrics = metrics
        self.logger = logger
    }

    /// Local minus cloud, of the host that is farthest away; `nil` before the first answer.
    var seconds: Double? { hosts.withLock { Self.farthest($0) } }

    /// - Parameters:
    ///   - seconds: Local minus cloud, from the `Date` of one answer.
    ///   - host: Who answered.
    ///   - now: Of a clock that never goes back.
    func observe(_ seconds: Double, host: String, now: Duration) {
        let isFar = abs(seconds) >= Self.warningSeconds
        let (changed, farthest) = hosts.withLock { hosts in
            let wasWarned = hosts[host]?.isWarned ?? false
            // Some way back before it counts as over, so that a clock at the limit does not fill the log.
            let isWarned = isFar || (wasWarned && abs(seconds) > Self.warningSeconds * 0.8)
            hosts[host] = Host(seconds: seconds, heard: now, isWarned: isWarned)
            if hosts.count > 1 { hosts = hosts.filter { now - $0.value.heard < Self.memory } }
            return (wasWarned != isWarned, Self.farthest(hosts))
        }
        if let farthest { metrics.set(clockSkewSeconds: farthest) }
        guard changed else { return }
        let metadata: Logger.Metadata = ["clock_skew_seconds": "\(seconds.rounded())", "host": "\(host)"]
        if isFar {
            logger.warning(
                "the local clock differs from the cloud's; from 15 minutes on the cloud refuses all signatures",
                metadata: metadata)
        } else {
            logger.info("the local clock agrees with the cloud's again", metadata: metadata)
        }
    }

    private static func farthest(_ hosts: [String: Host]) -> Double? {
        hosts.values.map(\.seconds).max { abs($0) < abs($1) }
    }
}

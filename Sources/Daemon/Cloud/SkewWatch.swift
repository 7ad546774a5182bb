import Logging
import Synchronization

/// Shows how far the local clock is from the cloud's, and warns when that begins to matter: signatures are refused
/// at 15 minutes.
final class SkewWatch: Sendable {
    /// From here on it is warned of.
    static let warningSeconds = 300.0

    private let metrics: ExporterMetrics
    private let logger: Logger
    private let state = Mutex<(isWarned: Bool, seconds: Double?)>((false, nil))

    init(metrics: ExporterMetrics, logger: Logger) {
        self.metrics = metrics
        self.logger = logger
    }

    /// Local minus cloud, of the last answer.
    var seconds: Double? { state.withLock { $0.seconds } }

    /// - Parameter seconds: Local minus cloud, from the `Date` of one answer.
    func observe(_ seconds: Double) {
        metrics.set(clockSkewSeconds: seconds)
        let isFar = abs(seconds) >= Self.warningSeconds
        let changed = state.withLock { state in
            // Some way back before it counts as over, so that a clock at the limit does not fill the log.
            let next = isFar || (state.isWarned && abs(seconds) > Self.warningSeconds * 0.8)
            defer { state = (next, seconds) }
            return next != state.isWarned
        }
        guard changed else { return }
        if isFar {
            logger.warning(
                "the local clock differs from the cloud's; from 15 minutes on the cloud refuses all signatures",
                metadata: ["clock_skew_seconds": "\(seconds.rounded())"])
        } else {
            logger.info(
                "the local clock agrees with the cloud's again",
                metadata: ["clock_skew_seconds": "\(seconds.rounded())"])
        }
    }
}

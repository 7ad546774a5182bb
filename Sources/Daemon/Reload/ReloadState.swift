import Settings
import Synchronization
import YAML

/// What the last readings of the configuration came to: for the page, `STATUS=` and the metrics.
final class ReloadState: Sendable {
    /// A picture of it.
    struct Picture: Sendable {
        /// When a configuration was last put in force, Unix time in seconds.
        var acceptedUnixSeconds: Double?
        /// When the last reading ended, Unix time in seconds.
        var readUnixSeconds: Double?
        /// What the last reading was refused for; empty after a good one.
        var faults: [Fault] = []
        /// Whether one of the faults is in config.yml itself: then only a reload that reads it again ends them.
        var isConfigurationFile = false
        /// Watch files with faults whose last good entries are kept.
        var badWatchFiles: [String: [Fault]] = [:]
        /// What the last good reading warned of.
        var warnings: [Fault] = []

        /// Whether everything that was last read is in force.
        var isGood: Bool { faults.isEmpty && badWatchFiles.isEmpty }
        /// Faults in all.
        var faultCount: Int { faults.count + badWatchFiles.values.reduce(0) { $0 + $1.count } }
    }

    private let picture = Mutex(Picture())

    /// As it stands now.
    var current: Picture { picture.withLock(\.self) }

    /// Changes it.
    func update(_ body: (inout Picture) -> Void) { picture.withLock { body(&$0) } }
}

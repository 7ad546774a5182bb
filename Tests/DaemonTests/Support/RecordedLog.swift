import Logging
import Synchronization

/// Keeps what is logged.
final class RecordedLog: Sendable {
    struct Record: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]
    }

    private let kept = Mutex<[Record]>([])

    var records: [Record] { kept.withLock(\.self) }

    /// The records with this message.
    func records(_ message: String) -> [Record] { records.filter { $0.message == message } }

    /// A logger that writes here, everything down to trace.
    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).mapValues { "\($0)" }
            log.kept.withLock {
                $0.append(Record(level: event.level, message: "\(event.message)", metadata: metadata))
            }
        }
    }
}

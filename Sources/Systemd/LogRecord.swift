import Logging

/// One thing to be logged, with all metadata put together, before it has a form.
struct LogRecord: Sendable {
    /// How bad it is.
    var level: Logger.Level

    /// What happened, as the caller wrote it.
    var message: String

    /// Metadata sorted by key; the error of the event stands under `error`.
    var metadata: [(key: String, value: Logger.MetadataValue)]

    /// When, in milliseconds since 1970.
    var unixMilliseconds: Int64

    /// A record of the event. What the event says beats the logger, and the logger beats the provider.
    init(
        event: LogEvent, metadata own: Logger.Metadata, provider: Logger.MetadataProvider?, unixMilliseconds: Int64
    ) {
        var merged = provider?.get() ?? [:]
        merged.merge(own) { _, new in new }
        if let given = event.metadata { merged.merge(given) { _, new in new } }
        if let error = event.error { merged["error"] = .string(String(describing: error)) }
        level = event.level
        message = event.message.description
        metadata = merged.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
        self.unixMilliseconds = unixMilliseconds
    }

    /// A record without metadata of its own.
    init(
        level: Logger.Level, message: String, metadata: [(key: String, value: Logger.MetadataValue)] = [],
        unixMilliseconds: Int64
    ) {
        self.level = level
        self.message = message
        self.metadata = metadata
        self.unixMilliseconds = unixMilliseconds
    }

    /// The journal's and syslog's priority (syslog(3)): 7 debug, 6 info, 5 notice, 4 warning, 3 error, 2 critical.
    static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// The level's name on a line: one of the words that `--log.level` takes.
    static func name(of level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warn"
        case .error, .critical: "error"
        }
    }
}

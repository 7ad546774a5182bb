public import Logging

/// Hands log records to the queue, which writes them in its form.
public struct QueuedLogHandler: LogHandler {
    /// Metadata that goes with every record.
    public var metadata: Logger.Metadata = [:]
    /// Gives metadata at the moment of logging; what the logger or the call says goes before it.
    public var metadataProvider: Logger.MetadataProvider?
    /// Records below this level are not written.
    public var logLevel: Logger.Level = .info

    private let queue: LogQueue

    /// A handler that hands its records to the queue.
    public init(queue: LogQueue) {
        self.queue = queue
    }

    /// The value of one key of `metadata`.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Hands one record to the queue; never waits for a reader.
    public func log(event: LogEvent) {
        queue.log(event, metadata: metadata, provider: metadataProvider)
    }
}

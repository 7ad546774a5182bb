import Glibc
import Logging

/// The bounded queue between those who log and the journal or standard error, with the one thread that empties it.
///
/// Whoever reads the log may be stuck: a journal under load, a pipe nobody reads. Logging never waits for it. What does
/// not fit in the queue is dropped and counted, and the count is logged as soon as there is room again.
///
/// One per process, made at start; it lives as long as the process.
@safe
public final class LogQueue: @unchecked Sendable {
    /// The form of the records.
    public let form: LogForm

    /// Records that may wait, and their bytes in all. One record that is larger than the bytes allow is taken when
    /// nothing else waits.
    private let maximumRecords: Int
    private let maximumBytes: Int

    private let identifier: String
    private let withPriority: Bool
    private let write: @Sendable (EncodedRecord) -> Void
    private let now: @Sendable () -> Int64

    // A mutex and a condition of pthread, because flushing waits on the condition with a bound. On the heap, because
    // they must not move. They guard everything below.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [EncodedRecord] = []
    private var waitingBytes = 0
    private var isWriting = false
    private var dropped = 0
    private var hasThread = false

    /// A queue to the journal or standard error, whichever the form says, and its thread. Under the journal lines get
    /// `<N>` prefixes, so that priorities survive.
    ///
    /// - Parameter identifier: `SYSLOG_IDENTIFIER` of journal entries, the program's name.
    public convenience init(form: LogForm, identifier: String) {
        self.init(
            form: form, identifier: identifier, withPriority: form != .journal && stderrIsJournal(),
            maximumRecords: 4_096, maximumBytes: 2 << 20, now: unixMillisecondsNow
        ) { record in
            if record.fieldEnds.isEmpty {
                LogOutput.write(record, to: STDERR_FILENO)
            } else {
                LogOutput.sendToJournal(record)
            }
        }
    }

    /// A queue with bounds, clock and writer of one's own.
    init(
        form: LogForm, identifier: String, withPriority: Bool, maximumRecords: Int, maximumBytes: Int,
        now: @escaping @Sendable () -> Int64, write: @escaping @Sendable (EncodedRecord) -> Void
    ) {
        self.form = form
        self.identifier = identifier
        self.withPriority = withPriority
        self.maximumRecords = maximumRecords
        self.maximumBytes = maximumBytes
        self.now = now
        self.write = write
        unsafe mutex = .allocate(capacity: 1)
        unsafe changed = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        // So that a step of the wall clock neither shortens nor lengthens the wait of `flush`.
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(changed, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
        startThread()
    }

    /// A log handler that writes through this queue in its form.
    public func handler() -> QueuedLogHandler { QueuedLogHandler(queue: self) }

    /// Waits until everything logged so far is written, but at most so long. Call it before the process ends, off the
    /// event loop. Returns whether all was written.
    @discardableResult
    public func flush(within limit: Duration) -> Bool {
        var deadline = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &deadline)
        let nanoseconds = Int64(deadline.tv_nsec) + min(max(0, limit.wholeMicroseconds), 86_400_000_000) * 1_000
        deadline.tv_sec += Int(nanoseconds / 1_000_000_000)
        deadline.tv_nsec = Int(nanoseconds % 1_000_000_000)
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe _ = pthread_mutex_unlock(mutex) }
        while isWriting || !waiting.isEmpty || dropped > 0 {
            guard unsafe pthread_cond_timedwait(changed, mutex, &deadline) == 0 else { return false }
        }
        return true
    }

    /// Takes an event; never waits for a reader.
    func log(_ event: LogEvent, metadata: Logger.Metadata, provider: Logger.MetadataProvider?) {
        let record = LogRecord(event: event, metadata: metadata, provider: provider, unixMilliseconds: now())
        append(encode(record))
    }

    private func encode(_ record: LogRecord) -> EncodedRecord {
        switch form {
        case .journal: JournalEncoding.encode(record, identifier: identifier)
        case .logfmt: LogfmtEncoding.encode(record, withPriority: withPriority)
        case .json: JSONEncoding.encode(record, withPriority: withPriority)
        }
    }

    private func append(_ record: EncodedRecord) {
        unsafe pthread_mutex_lock(mutex)
        guard hasThread else {
            // The process may have no more threads. Better a log that may wait than none.
            write(record)
            unsafe pthread_mutex_unlock(mutex)
            return
        }
        let fits = waiting.count < maximumRecords && waitingBytes + record.bytes.count <= maximumBytes
        if fits || waiting.isEmpty {
            waiting.append(record)
            waitingBytes += record.bytes.count
            unsafe pthread_cond_broadcast(changed)
        } else {
            dropped += 1
        }
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Starts the thread that writes. All signals are blocked in it: they are for the threads that expect them.
    private func startThread() {
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        var thread = pthread_t()
        let me = unsafe Unmanaged.passRetained(self).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<LogQueue>.fromOpaque(argument).takeUnretainedValue().writeForever()
            }, me)
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        guard result == 0 else { return unsafe Unmanaged<LogQueue>.fromOpaque(me).release() }
        pthread_detach(thread)
        hasThread = true
    }

    private func writeForever() -> Never {
        while true {
            let record = next()
            write(record)
        }
    }

    /// The next record to write, waiting for one. That so many were dropped comes once half of the queue is free.
    private func next() -> EncodedRecord {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe _ = pthread_mutex_unlock(mutex) }
        isWriting = false
        while true {
            if dropped > 0, waiting.count <= maximumRecords / 2, waitingBytes <= maximumBytes / 2 {
                let record = LogRecord(
                    level: .warning, message: "log records were dropped because the log could not be written",
                    metadata: [("count", "\(dropped)")], unixMilliseconds: now())
                dropped = 0
                isWriting = true
                return encode(record)
            }
            if !waiting.isEmpty {
                let record = waiting.removeFirst()
                waitingBytes -= record.bytes.count
                isWriting = true
                return record
            }
            unsafe pthread_cond_broadcast(changed)
            unsafe pthread_cond_wait(changed, mutex)
        }
    }
}

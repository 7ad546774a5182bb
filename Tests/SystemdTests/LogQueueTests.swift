import Glibc
import Logging
import Synchronization
import Testing

@testable import Systemd

/// The queue, with a reader that a test can hold.
@Suite("The log queue")
struct LogQueueTests {
    /// Writes to memory; while the gate is held, a write waits, like one to a stuck journal.
    private final class HeldOutput: Sendable {
        private let gate = Mutex(())
        private let lines = Mutex<[String]>([])
        private let entered = Mutex(0)

        func write(_ record: EncodedRecord) {
            entered.withLock { $0 += 1 }
            gate.withLock { _ in }
            lines.withLock { $0.append(String(decoding: record.bytes, as: UTF8.self)) }
        }

        func whileHeld(_ body: () -> Void) { gate.withLock { _ in body() } }
        func waitForWrite() { while entered.withLock({ $0 }) == 0 { sched_yield() } }
        var written: [String] { lines.withLock { $0 } }
    }

    private static func queue(
        _ output: HeldOutput, form: LogForm = .logfmt, records: Int = 8, bytes: Int = 1 << 20
    ) -> LogQueue {
        LogQueue(
            form: form, identifier: "test", withPriority: false, maximumRecords: records, maximumBytes: bytes,
            now: { 0 }, write: output.write)
    }

    private static func logger(_ queue: LogQueue) -> Logger {
        Logger(label: "test") { _ in queue.handler() }
    }

    private static let time = "time=1970-01-01T00:00:00.000Z"

    @Test("records are written in order")
    func order() {
        let output = HeldOutput()
        let queue = Self.queue(output, records: 1_000)
        let logger = Self.logger(queue)
        for number in 0..<500 { logger.info("\(number)") }
        logger.debug("below the level")
        #expect(queue.flush(within: .seconds(60)))
        #expect(output.written == (0..<500).map { "\(Self.time) level=info msg=\($0)\n" })
    }

    @Test("who logs never waits for a stuck reader; what does not fit is dropped, counted and told")
    func stuckReader() {
        let output = HeldOutput()
        let queue = Self.queue(output)
        let logger = Self.logger(queue)
        output.whileHeld {
            logger.info("first")
            // The thread holds the first record; eight more fit.
            output.waitForWrite()
            for number in 0..<20 { logger.info("\(number)") }
            #expect(!queue.flush(within: .milliseconds(1)))
            #expect(output.written.isEmpty)
        }
        #expect(queue.flush(within: .seconds(60)))
        let dropped =
            #"\#(Self.time) level=warn msg="log records were dropped because the log could not be written" count=12"#
        var expected = ["\(Self.time) level=info msg=first\n"]
        expected += (0..<4).map { "\(Self.time) level=info msg=\($0)\n" }
        expected += ["\(dropped)\n"]
        expected += (4..<8).map { "\(Self.time) level=info msg=\($0)\n" }
        #expect(output.written == expected)
    }

    @Test("the bytes that wait are bounded too, but one large record is taken")
    func boundedBytes() {
        let output = HeldOutput()
        let queue = Self.queue(output, records: 100, bytes: 200)
        let logger = Self.logger(queue)
        let large = String(repeating: "x", count: 1_000)
        output.whileHeld {
            logger.info("first")
            output.waitForWrite()
            logger.info("\(large)")
            logger.info("lost")
        }
        #expect(queue.flush(within: .seconds(60)))
        #expect(output.written.count == 3)
        #expect(output.written[1] == "\(Self.time) level=info msg=\(large)\n")
        #expect(output.written[2].hasSuffix(" count=1\n"))
    }

    @Test("each form has its handler, with the logger's own metadata", arguments: LogForm.allCases)
    func handlers(form: LogForm) {
        let output = HeldOutput()
        let queue = Self.queue(output, form: form)
        var logger = Self.logger(queue)
        logger[metadataKey: "account"] = "main"
        #expect(logger[metadataKey: "account"] == "main")
        logger.error("m", metadata: ["n": "\(1)"])
        #expect(queue.flush(within: .seconds(60)))
        let expected =
            switch form {
            case .journal:
                "PRIORITY=3SYSLOG_IDENTIFIER=testMESSAGE=m account=main n=1FUNCTIONGRAPH_ACCOUNT=mainFUNCTIONGRAPH_N=1"
            case .logfmt: "\(Self.time) level=error msg=m account=main n=1\n"
            case .json:
                #"{"time":"1970-01-01T00:00:00.000Z","level":"error","msg":"m","account":"main","n":"1"}"# + "\n"
            }
        #expect(output.written == [expected])
    }

    @Test("a line longer than a pipe takes at once is written whole, even where the pipe does not wait")
    func wholeLines() {
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        for end in ends { #expect(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
        let line = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let queue = LogQueue(
            form: .logfmt, identifier: "", withPriority: false, maximumRecords: 1, maximumBytes: 1, now: { 0 }
        ) { _ in
            LogOutput.write(EncodedRecord(bytes: line), to: writer)
            close(writer)
        }
        Self.logger(queue).info("go")
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe read(reader, &chunk, chunk.count)
            if count > 0 { received += chunk[..<count] } else if count == 0 { break } else { sched_yield() }
        }
        close(reader)
        #expect(received == line)
    }
}

import FunctionGraph
import Settings
import Synchronization

/// `/api/v1/functions` and the JSON of `query`: every watched function, times in RFC 3339, `null` where absent.
enum FunctionsJSON {
    /// How many functions make a piece of the answer.
    private static let functionsPerPiece = 100

    /// One piece after the other, `nil` at the end. The pieces together are the whole document.
    static func pieces(_ records: [FunctionRecord]) -> @Sendable () -> [UInt8]? {
        let source = PieceState(records)
        return { source.next() }
    }

    /// The whole document at once.
    static func document(_ records: [FunctionRecord]) -> [UInt8] {
        let next = pieces(records)
        var bytes: [UInt8] = []
        while let piece = next() { bytes += piece }
        return bytes
    }

    fileprivate static func write(_ record: FunctionRecord, _ json: inout JSONWriter) {
        json.beginObject()
        json.key("function_urn")
        json.value(record.watched.urn.canonical)
        json.key("state")
        json.value(record.state?.rawValue)
        json.key("raw_state")
        json.value(record.state == nil ? nil : record.rawState)
        json.key("code")
        json.value(record.code)
        json.key("switch_enabled")
        json.value(record.switchEnabled)
        json.key("as_expected")
        json.value(record.isAsExpected)
        json.key("expect")
        json.beginArray()
        for state in record.watched.expect.map(\.rawValue).sorted() { json.value(state) }
        json.endArray()
        json.key("since")
        json.value(record.state == nil ? nil : record.sinceUnixSeconds.map(UTCText.rfc3339))
        json.key("last_poll")
        json.value(record.lastPollUnixSeconds.map(UTCText.rfc3339))
        json.key("last_success")
        json.value(record.lastSuccessUnixSeconds.map(UTCText.rfc3339))
        json.key("took_seconds")
        json.value(record.tookSeconds)
        json.key("labels")
        json.beginObject()
        for (name, value) in record.watched.labels.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            json.value(value)
        }
        json.endObject()
        json.key("error")
        write(record.failure, &json)
        json.endObject()
    }

    private static func write(_ failure: PollFailure?, _ json: inout JSONWriter) {
        guard let failure else { return json.value(nil as String?) }
        json.beginObject()
        json.key("reason")
        json.value(failure.reason.rawValue)
        json.key("http_status")
        json.value(failure.httpStatus)
        json.key("error_code")
        json.value(failure.errorCode)
        json.key("error_msg")
        json.value(failure.message)
        json.key("request_id")
        json.value(failure.requestID)
        json.endObject()
    }

    /// How far the document has been written.
    private final class PieceState: Sendable {
        private struct State {
            var json = JSONWriter()
            var index = 0
            var isDone = false
        }

        private let records: [FunctionRecord]
        private let state = Mutex(State())

        init(_ records: [FunctionRecord]) { self.records = records }

        func next() -> [UInt8]? {
            state.withLock { state in
                guard !state.isDone else { return nil }
                if state.index == 0 {
                    state.json.beginObject()
                    state.json.key("functions")
                    state.json.beginArray()
                }
                let end = min(records.count, state.index + FunctionsJSON.functionsPerPiece)
                for record in records[state.index..<end] { FunctionsJSON.write(record, &state.json) }
                state.index = end
                if end == records.count {
                    state.json.endArray()
                    state.json.endObject()
                    state.isDone = true
                }
                return state.json.take()
            }
        }
    }
}

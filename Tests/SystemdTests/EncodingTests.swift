import Logging
import Testing

@testable import Systemd

/// The bytes of records in the three forms.
@Suite("Log records")
struct EncodingTests {
    private struct Fault: Error, CustomStringConvertible { let description = "no such file" }

    private static func record(
        _ message: Logger.Message = "m", level: Logger.Level = .info, _ metadata: Logger.Metadata = [:],
        error: (any Error)? = nil
    ) -> LogRecord {
        LogRecord(
            event: LogEvent(
                level: level, message: message, error: error, metadata: metadata, source: nil, file: "", function: "",
                line: 0),
            metadata: [:], provider: nil, unixMilliseconds: 1_782_734_567_089)
    }

    private static func line(_ record: EncodedRecord) -> String {
        String(decoding: record.bytes, as: UTF8.self)
    }

    private static func fields(_ record: EncodedRecord) -> [String] {
        var start = 0
        return record.fieldEnds.map { end in
            defer { start = end }
            return String(decoding: record.bytes[start..<end], as: UTF8.self)
        }
    }

    @Test(
        "a moment is written in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"), (1_709_164_800_001, "2024-02-29T00:00:00.001Z"),
            (1_767_225_599_050, "2025-12-31T23:59:59.050Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func timestamps(milliseconds: Int64, expected: String) {
        var bytes: [UInt8] = []
        appendTimestamp(unixMilliseconds: milliseconds, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(
        "a logfmt value is quoted where it must be, and only there",
        arguments: [
            ("plain", "plain"), ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#),
            (#"say "x""#, #""say \"x\"""#), (#"back\slash"#, #""back\\slash""#), ("tab\there", #""tab\there""#),
            ("line\nend\r", #""line\nend\r""#), ("\u{1B}[31m", #""\u001b[31m""#), ("\u{7F}\u{9B}", #""\u007f\u009b""#),
            ("a\u{2028}b", #""a\u2028b""#), ("\0", #""\u0000""#), ("快照", "快照"), ("😀", "😀"),
            ("urn:fss:cn-north-4:p:function:default:f:!prod", "urn:fss:cn-north-4:p:function:default:f:!prod"),
            ("nbsp\u{A0}", "\"nbsp\u{A0}\""), ("{a,b}", "{a,b}"),
        ])
    func logfmtValues(value: String, expected: String) {
        let line = Self.line(LogfmtEncoding.encode(Self.record("m", ["k": "\(value)"]), withPriority: false))
        #expect(line == "time=2026-06-29T12:02:47.089Z level=info msg=m k=\(expected)\n")
    }

    @Test("a logfmt line has its metadata sorted, its keys safe and its error told")
    func logfmtLine() {
        let record = Self.record(
            "reload refused", level: .warning,
            ["z": "1", "a b=\"": "2", "msg": "3", "": "4", "list": ["x", ["k": "v w"]]], error: Fault())
        #expect(
            Self.line(LogfmtEncoding.encode(record, withPriority: true))
                == #"<4>time=2026-06-29T12:02:47.089Z level=warn msg="reload refused" _=4 a_b__=2 "#
                + #"error="no such file" list="[\"x\",{\"k\":\"v w\"}]" msg_=3 z=1"# + "\n")
    }

    @Test("a JSON line holds strings, arrays and objects")
    func jsonLine() {
        let record = Self.record(
            "a \"b\"\\\n\u{1}\u{8}\u{C}快😀\u{2029}", level: .error,
            ["time": "t", "n": ["x", ["k\"": "v"]], "c": "\(5)"])
        #expect(
            Self.line(JSONEncoding.encode(record, withPriority: false))
                == #"{"time":"2026-06-29T12:02:47.089Z","level":"error","msg":"a \"b\"\\\n\u0001\b\f快😀\u2029","#
                + #""c":"5","n":["x",{"k\"":"v"}],"time_":"t"}"# + "\n")
    }

    @Test(
        "levels have the names of the flag and the priorities of syslog",
        arguments: zip(
            Logger.Level.allCases,
            [("debug", 7), ("debug", 7), ("info", 6), ("info", 5), ("warn", 4), ("error", 3), ("error", 2)]))
    func levels(level: Logger.Level, expected: (String, Int)) {
        let record = Self.record(level: level)
        #expect(Self.line(LogfmtEncoding.encode(record, withPriority: true)).hasPrefix("<\(expected.1)>time="))
        #expect(Self.line(LogfmtEncoding.encode(record, withPriority: true)).contains(" level=\(expected.0) "))
        #expect(Self.line(JSONEncoding.encode(record, withPriority: true)).hasPrefix("<\(expected.1)>{"))
        #expect(Self.fields(JournalEncoding.encode(record, identifier: "x"))[0] == "PRIORITY=\(expected.1)")
    }

    @Test("a journal entry has one field an assignment, and a message of one line that holds the metadata too")
    func journalEntry() {
        let record = Self.record(
            "state\nchanged\0", level: .notice,
            [
                "function_urn": "urn:a", "snapshot_state": "create_fail", "previous_state": "creating",
                "message_id": "0123456789abcdef0123456789abcdef", "http-status": "503", "text": "two\nlines",
            ])
        #expect(
            Self.fields(JournalEncoding.encode(record, identifier: "functiongraph-exporter")) == [
                "PRIORITY=5", "SYSLOG_IDENTIFIER=functiongraph-exporter",
                #"MESSAGE=state changed  function_urn=urn:a http-status=503 previous_state=creating "#
                    + #"snapshot_state=create_fail text="two\nlines""#,
                "FUNCTION_URN=urn:a", "FUNCTIONGRAPH_HTTP_STATUS=503",
                "MESSAGE_ID=0123456789abcdef0123456789abcdef", "PREVIOUS_STATE=creating",
                "SNAPSHOT_STATE=create_fail", "FUNCTIONGRAPH_TEXT=two\nlines",
            ])
    }

    @Test(
        "a metadata key becomes a field name that the journal takes",
        arguments: [
            ("function_urn", "FUNCTION_URN"), ("message_id", "MESSAGE_ID"), ("unit", "FUNCTIONGRAPH_UNIT"),
            ("MESSAGE", "FUNCTIONGRAPH_MESSAGE"), ("_private", "FUNCTIONGRAPH__PRIVATE"), ("", "FUNCTIONGRAPH_"),
            ("a.b-c d=e", "FUNCTIONGRAPH_A_B_C_D_E"), ("größe", "FUNCTIONGRAPH_GR__E"), ("x9", "FUNCTIONGRAPH_X9"),
            (String(repeating: "k", count: 80), "FUNCTIONGRAPH_" + String(repeating: "K", count: 50)),
        ])
    func fieldNames(key: String, expected: String) {
        let name = JournalEncoding.fieldName(of: key)
        #expect(name == expected)
        #expect(name.utf8.count <= 64)
    }

    @Test("what the call says beats the logger, and the logger beats the provider")
    func precedence() {
        let event = LogEvent(
            level: .info, message: "m", error: nil, metadata: ["a": "call"], source: nil, file: "", function: "",
            line: 0)
        let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider", "c": "provider"] }
        let record = LogRecord(
            event: event, metadata: ["a": "logger", "b": "logger"], provider: provider, unixMilliseconds: 0)
        #expect(record.metadata.map { "\($0.key)=\($0.value.text)" } == ["a=call", "b=logger", "c=provider"])
    }
}

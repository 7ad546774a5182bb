import FunctionGraph
import Testing

@testable import Daemon

@Suite("/api/v1/functions")
struct FunctionsJSONTests {
    private static func text(_ records: [FunctionRecord]) -> String {
        String(decoding: FunctionsJSON.document(records), as: UTF8.self)
    }

    @Test("is the contract's document, with every member in its place")
    func whole() throws {
        var record = try PageSamples.record("orders", .createFail, labels: ["team": "billing", "tier": ""])
        record.code = "FSS.1162"
        record.switchEnabled = false
        record.failure = PageSamples.refusal()
        #expect(
            Self.text([record]) == """
                {"functions":[{"function_urn":"urn:fss:cn-north-4:\(PageSamples.project):function:default:orders:v1",\
                "state":"create_fail","raw_state":"create_fail","code":"FSS.1162","switch_enabled":false,\
                "as_expected":false,"expect":["creating","enable"],"since":"2027-01-15T07:58:30.000Z",\
                "last_poll":"2027-01-15T07:59:55.000Z","last_success":"2027-01-15T07:59:55.000Z","took_seconds":0.25,\
                "labels":{"team":"billing","tier":""},\
                "error":{"reason":"forbidden","http_status":403,"error_code":"FSS.1126","error_msg":"no permission",\
                "request_id":"0badc0de"}}]}
                """)
    }

    @Test("has null where nothing is known, and the last known state is not the state")
    func absent() throws {
        var record = try PageSamples.record("new", nil, expect: [])
        record.lastPollUnixSeconds = nil
        record.tookSeconds = nil
        record.lastKnownState = .enable
        record.rawState = "enable"
        record.sinceUnixSeconds = 1
        record.failure = PollFailure(reason: .dns, message: "no address")
        #expect(
            Self.text([record]) == """
                {"functions":[{"function_urn":"urn:fss:cn-north-4:\(PageSamples.project):function:default:new:v1",\
                "state":null,"raw_state":null,"code":null,"switch_enabled":null,"as_expected":null,"expect":[],\
                "since":null,"last_poll":null,"last_success":null,"took_seconds":null,"labels":{},\
                "error":{"reason":"dns","http_status":null,"error_code":null,"error_msg":"no address",\
                "request_id":null}}]}
                """)
    }

    @Test("is a document without functions too")
    func empty() {
        #expect(Self.text([]) == #"{"functions":[]}"#)
    }

    @Test("its pieces are one document, wherever they are cut", arguments: [1, 99, 100, 101, 200, 250])
    func pieces(count: Int) throws {
        let records = try (0..<count).map { try PageSamples.record("f\($0)") }
        let next = FunctionsJSON.pieces(records)
        var (pieces, bytes) = (0, [UInt8]())
        while let piece = next() {
            pieces += 1
            bytes += piece
        }
        #expect(next() == nil)
        #expect(pieces == (count + 99) / 100)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix(#"{"functions":[{"function_urn""#) && text.hasSuffix("}]}"))
        let objects = text.dropFirst(#"{"functions":["#.count).dropLast(2)
        let single = try records.map { record in
            let alone = Self.text([record])
            _ = try #require(alone.first)
            return alone.dropFirst(#"{"functions":["#.count).dropLast(2)
        }
        #expect(objects == single.joined(separator: ","))
    }

    @Test(
        "strings are escaped as RFC 8259 §7 asks",
        arguments: [
            ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{1F}", #""\u0000\u001f""#),
            ("</script>é🔥\u{202E}", "\"</script>é🔥\u{202E}\""), ("", "\"\""),
        ])
    func strings(text: String, json: String) {
        var writer = JSONWriter()
        writer.value(text)
        #expect(String(decoding: writer.take(), as: UTF8.self) == json)
    }

    @Test(
        "numbers are JSON's, and what JSON has no number for is null",
        arguments: [
            (0.25, "0.25"), (1e-7, "1e-07"), (3, "3.0"), (.infinity, "null"), (.nan, "null"), (nil, "null"),
        ] as [(Double?, String)])
    func numbers(number: Double?, json: String) {
        var writer = JSONWriter()
        writer.value(number)
        #expect(String(decoding: writer.take(), as: UTF8.self) == json)
    }
}

import Testing

@testable import FunctionGraph

@Suite struct TimestampTests {
    @Test(arguments: [
        ("2019-02-13T06:52:13.855000Z", 1_550_040_733.855), ("2019-02-13T06:52:13Z", 1_550_040_733),
        ("2019-02-13T14:52:13+08:00", 1_550_040_733), ("2019-02-13T14:52:13+0800", 1_550_040_733),
        ("2019-02-13T01:52:13-05", 1_550_040_733), ("2019-02-13 06:52:13", 1_550_040_733),
        ("2019-02-13T06:52:13.1Z", 1_550_040_733.1), ("2019-02-13T06:52:13.855000123Z", 1_550_040_733.855_000_123),
        (" 2019-02-13T06:52:13Z\n", 1_550_040_733), ("2019-10-29171553", 1_572_369_353),
        ("1970-01-01T00:00:00Z", 0), ("2024-02-29T12:00:00Z", 1_709_208_000),
    ])
    func `the vendor's forms of time are read`(_ text: String, _ seconds: Double) throws {
        let parsed = try #require(TimestampParser.parse(text))
        #expect(abs(parsed - seconds) < 1e-6)
    }

    @Test(arguments: [
        "", "never", "2019-02-13", "2019-13-01T00:00:00Z", "2019-02-30T00:00:00Z", "2019-02-13T24:00:00Z",
        "2019-02-13T06:52:13.Z", "2019-02-13T06:52Z", "2019-02-13T06:52:13+99:00", "2019-02-13T06:52:13Zx",
        "19-02-13T06:52:13Z", "2019-02-13T06:52:13+", "１９-02-13T06:52:13Z",
    ])
    func `anything else is nil`(_ text: String) {
        #expect(TimestampParser.parse(text) == nil)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
    ])
    func `the three forms of an HTTP date are read`(_ text: String, _ seconds: Double) {
        #expect(TimestampParser.parseHTTPDate(text) == seconds)
    }

    @Test(arguments: [
        "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 99 Nov 1994 08:49:37 GMT", ", , , , ,",
    ])
    func `a malformed HTTP date is nil`(_ text: String) {
        #expect(TimestampParser.parseHTTPDate(text) == nil)
    }

    @Test(arguments: [
        (0.0, "19700101T000000Z"), (1_711_008_930.999, "20240321T081530Z"), (951_782_400, "20000229T000000Z"),
        (-5, "19700101T000000Z"), (.nan, "19700101T000000Z"), (1e300, "99991231T235959Z"),
    ])
    func `a moment is written as the signature wants it`(_ seconds: Double, _ text: String) {
        #expect(CivilTime.basic(unixSeconds: seconds) == text)
    }

    @Test func `days and dates go back and forth`() {
        for day in stride(from: -800_000, through: 2_900_000, by: 997) {
            let date = CivilTime.date(days: day)
            #expect(CivilTime.days(year: date.year, month: date.month, day: date.day) == day)
        }
    }
}

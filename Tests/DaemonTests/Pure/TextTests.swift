import FunctionGraph
import Testing
import YAML

@testable import Daemon

/// Texts for people: `STATUS=`, times, lengths.
struct TextTests {
    private static let fault = Fault(file: "config.yml", mark: nil, message: "wrong")

    struct Case: Sendable, CustomTestStringConvertible {
        var watched = 0
        var asExpected = 0
        var unexpected = 0
        var failing = 0
        var last: Double?
        var faults = 0
        var badFiles = 0
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(text: "watching nothing: the watch list holds no function"),
        Case(watched: 1, text: "watching 1 function, 0 as expected, 0 failing; no poll yet"),
        Case(
            watched: 12, asExpected: 10, failing: 2, last: 1_700_000_000.9,
            text: "watching 12 functions, 10 as expected, 2 failing; last poll 22:13:20 UTC"),
        Case(
            watched: 3, asExpected: 1, unexpected: 2, last: 0,
            text: "watching 3 functions, 1 as expected, 2 not as expected, 0 failing; last poll 00:00:00 UTC"),
        Case(
            watched: 1, faults: 1,
            text: "reload refused: 1 fault; watching 1 function, 0 as expected, 0 failing; no poll yet"),
        Case(faults: 2, text: "reload refused: 2 faults; watching nothing: the watch list holds no function"),
        Case(
            watched: 1, badFiles: 2,
            text: "reload refused: 2 faults in watch files, their last good entries kept; watching 1 function, "
                + "0 as expected, 0 failing; no poll yet"),
    ])
    func `STATUS= is one line with what an operator wants`(_ test: Case) {
        var summary = PollSummary()
        summary.watched = test.watched
        summary.asExpected = test.asExpected
        summary.unexpected = test.unexpected
        summary.failing = test.failing
        summary.lastPollUnixSeconds = test.last
        var picture = ReloadState.Picture()
        picture.faults = Array(repeating: Self.fault, count: test.faults)
        for number in 0..<test.badFiles { picture.badWatchFiles["file\(number)"] = [Self.fault] }
        #expect(StatusLine.text(summary, reload: picture, shard: .whole) == test.text)
        #expect(picture.isGood == (test.faults + test.badFiles == 0))
        #expect(picture.faultCount == test.faults + test.badFiles)
    }

    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00.000Z", "1970-01-01 00:00:00 UTC", "00:00:00 UTC"),
        (1_700_000_000.25, "2023-11-14T22:13:20.250Z", "2023-11-14 22:13:20 UTC", "22:13:20 UTC"),
        (1_709_251_199.9996, "2024-03-01T00:00:00.000Z", "2024-02-29 23:59:59 UTC", "23:59:59 UTC"),
        (4_102_444_800, "2100-01-01T00:00:00.000Z", "2100-01-01 00:00:00 UTC", "00:00:00 UTC"),
    ])
    func `times are told in UTC`(seconds: Double, rfc3339: String, people: String, clock: String) {
        #expect(UTCText.rfc3339(seconds) == rfc3339)
        #expect(UTCText.people(seconds) == people)
        #expect(UTCText.clock(seconds) == clock)
    }

    @Test(arguments: [
        (Duration.milliseconds(12), "0.012 s"), (.milliseconds(4_240), "4.2 s"), (.seconds(59), "59.0 s"),
        (.seconds(60), "1 min"), (.seconds(3_599), "59 min"), (.seconds(3_600), "1 h"), (.seconds(7_500), "2 h 5 min"),
        (.seconds(47 * 3_600), "47 h"), (.seconds(48 * 3_600), "2 d"), (.seconds(98 * 3_600), "4 d 2 h"),
    ])
    func `lengths are told as people do`(length: Duration, text: String) {
        #expect(length.forPeople == text)
    }

    @Test func `the summary counts what is watched by how it is`() throws {
        let metrics = FunctionMetrics()
        func record(_ name: String, _ change: (inout FunctionRecord) -> Void) throws -> FunctionRecord {
            let watched = try Samples.watched(name)
            var record = FunctionRecord(watched: watched, rowID: metrics.insert(watched, labelNames: []))
            change(&record)
            return record
        }
        let summary = PollSummary([
            try record("new") { _ in },
            try record("good") {
                $0.state = .enable
                $0.lastPollUnixSeconds = 5
                $0.lastSuccessUnixSeconds = 5
            },
            try record("bad") {
                $0.state = .expire
                $0.lastPollUnixSeconds = 9
                $0.lastSuccessUnixSeconds = 5
                $0.failure = PollFailure(reason: .timeout, message: "")
            },
        ])
        #expect(summary.watched == 3)
        #expect(summary.asExpected == 1)
        #expect(summary.unexpected == 1)
        #expect(summary.failing == 1)
        #expect(summary.neverPolled == 1)
        #expect(summary.lastPollUnixSeconds == 9)
    }
}

import Polling
import Settings
import Testing

@testable import Daemon

struct DiscoveryTimetableTests {
    private let settings = DiscoverySettings(account: "main", region: "cn-north-4", project: Samples.project)

    private func at(_ seconds: Int64) -> Moment { Moment(nanoseconds: seconds * 1_000_000_000) }

    @Test func `an entry is listed at once, never twice at a time, then at its interval`() {
        var timetable = DiscoveryTimetable()
        timetable.configure([settings], now: at(0))
        #expect(timetable.start(now: at(0)) == [settings])
        #expect(timetable.isListing(settings))
        #expect(timetable.start(now: at(5_000)).isEmpty)
        #expect(timetable.ended(settings, succeeded: true, now: at(10)) == .seconds(600))
        #expect(!timetable.isListing(settings))
        #expect(timetable.start(now: at(609)).isEmpty)
        #expect(timetable.start(now: at(610)) == [settings])
    }

    @Test
    func `after failures it is tried again after 30 s and then less and less often, never less than its interval`() {
        var timetable = DiscoveryTimetable()
        timetable.configure([settings], now: at(0))
        var pauses: [Duration?] = []
        for round in 0..<8 {
            _ = timetable.start(now: at(Int64(round) * 10_000))
            pauses.append(timetable.ended(settings, succeeded: false, now: at(Int64(round) * 10_000)))
        }
        #expect(pauses == [30, 60, 120, 240, 480, 600, 600, 600].map { .seconds($0) })
        _ = timetable.start(now: at(100_000))
        _ = timetable.ended(settings, succeeded: true, now: at(100_000))
        _ = timetable.start(now: at(200_000))
        #expect(timetable.ended(settings, succeeded: false, now: at(200_000)) == .seconds(30))
    }

    @Test func `an entry of which only labels or intervals change keeps its listing and its place`() {
        var (relabelled, again) = (settings, settings)
        relabelled.labels = ["team": "shop"]
        again.listInterval = .seconds(60)
        var timetable = DiscoveryTimetable()
        timetable.configure([settings], now: at(0))
        _ = timetable.start(now: at(0))
        timetable.configure([relabelled], now: at(1))
        #expect(timetable.current(settings) == relabelled)
        #expect(timetable.start(now: at(1)).isEmpty)
        timetable.configure([again], now: at(2))
        #expect(timetable.current(settings) == again)
        #expect(timetable.ended(again, succeeded: true, now: at(10)) == .seconds(60))
        #expect(timetable.current(settings) == nil)
        #expect(timetable.start(now: at(69)).isEmpty)
        timetable.configure([settings], now: at(69))
        #expect(timetable.start(now: at(70)) == [settings])
        timetable.configure([], now: at(71))
        #expect(timetable.current(settings) == nil)
    }

    @Test func `an entry that stays keeps its place, one that left is forgotten`() {
        var other = settings
        other.name = "prod-*"
        var timetable = DiscoveryTimetable()
        timetable.configure([settings], now: at(0))
        _ = timetable.start(now: at(0))
        timetable.configure([settings, other], now: at(1))
        #expect(timetable.start(now: at(1)) == [other])
        timetable.configure([other], now: at(2))
        #expect(timetable.ended(settings, succeeded: true, now: at(3)) == nil)
        #expect(!timetable.isListing(settings))
    }
}

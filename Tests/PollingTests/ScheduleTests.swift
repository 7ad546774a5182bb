import Polling
import Testing

/// Intervals, places, retries and the ends of polls.
@Suite struct ScheduleTests {
    /// When each row was polled.
    private static func times(_ world: World) -> [Int: [Double]] {
        Dictionary(grouping: world.sent.filter { $0.attempt.kind == .state && $0.attempt.number == 1 }) {
            $0.attempt.row
        }.mapValues { $0.map(\.at) }
    }

    @Test("Every row is polled at its interval to a tick, evenly spread", arguments: [5, 10, 30, 60])
    func interval(_ seconds: Int) {
        let interval = Double(seconds)
        let count = seconds * 8
        var world = World(
            Plan(policy: policy(), rows: rows(count, interval: .seconds(seconds)), discovered: [])
        ) { _, _ in (0.05, good) }
        world.run(until: 10 * interval)
        #expect(world.faults == [])
        let times = Self.times(world)
        #expect(times.count == count)
        for (_, moments) in times {
            #expect(zip(moments, moments.dropFirst()).allSatisfy { abs($1 - $0 - interval) < 0.011 || $0 < 1 })
        }
        for start in stride(from: interval, to: 9 * interval, by: interval / 5) {
            let polls = world.sent.count { $0.at >= start && $0.at < start + interval / 5 }
            #expect(abs(polls - count / 5) <= 2)
        }
    }

    @Test(
        "The first polls begin at once and come within the interval and a minute, the first switch too",
        arguments: [(1, 60), (1, 5), (1, 3600), (2, 60), (13, 20), (12, 150), (60, 60)])
    func first(_ count: Int, _ seconds: Int) {
        let plan = Plan(
            policy: policy(switch: .seconds(600)), rows: rows(count, interval: .seconds(seconds)), discovered: [])
        var world = World(plan, plannedAfter: .milliseconds(7)) { _, _ in (0.05, good) }
        world.run(until: 130)
        let times = Self.times(world).values.compactMap(\.first).sorted()
        #expect(times.count == count)
        #expect((times.first ?? .infinity) < 0.02)
        #expect((times.last ?? .infinity) <= 0.12 + Double(min(seconds, 60)) * Double(count - 1) / Double(count))
        let asked = world.sent.filter { $0.attempt.kind == .switch }
        #expect(Set(asked.map(\.attempt.row)).count == count)
        #expect((asked.map(\.at).max() ?? .infinity) < 75)
    }

    @Test("A long interval begins within a minute, never leaves a longer gap, and ends evenly spread")
    func longInterval() {
        var world = World(
            Plan(policy: policy(), rows: rows(300, interval: .seconds(600)), discovered: [])
        ) { _, _ in (0.05, good) }
        world.run(until: 12_000)
        let times = Self.times(world)
        #expect(times.count == 300)
        for (_, moments) in times {
            #expect((moments.first ?? .infinity) <= 60.1)
            #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 < 600.02 && $1 - $0 > 140 })
        }
        for start in stride(from: 9000.0, to: 12_000, by: 60) {
            let polls = world.sent.count { $0.at >= start && $0.at < start + 60 }
            #expect((28...32).contains(polls))
        }
    }

    @Test("Different intervals in one project are each spread")
    func mixedIntervals() {
        let rows = (0..<300).map {
            RowPlan(row: $0, project: 0, account: 0, interval: .seconds($0 < 100 ? 30 : 60))
        }
        var world = World(Plan(policy: policy(), rows: rows, discovered: [])) { _, _ in (0.05, good) }
        world.run(until: 300)
        for start in stride(from: 60.0, to: 300, by: 10) {
            let polls = world.sent.count { $0.at >= start && $0.at < start + 10 }
            #expect((64...69).contains(polls))
        }
        #expect(world.schedule.lag(now: Moment(nanoseconds: 300_000_000_000)) < .milliseconds(100))
    }

    @Test("While creating, a row is polled more often, and afterwards at its old place")
    func creating() throws {
        var world = World(Plan(policy: policy(), rows: rows(60), discovered: [])) { request, at in
            (0.05, .answered(creating: request.attempt.row == 30 && at < 200))
        }
        world.run(until: 400)
        let moments = try #require(Self.times(world)[30])
        let faster = moments.filter { $0 > 40 && $0 < 200 }
        #expect(zip(faster, faster.dropFirst()).allSatisfy { $1 - $0 < 10.15 })
        #expect(moments.filter { $0 > 220 }.allSatisfy { abs(($0 - 30).truncatingRemainder(dividingBy: 60)) < 0.02 })
        #expect(world.schedule.effectiveInterval(30) == .seconds(60))
        #expect(Self.times(world)[31]?.count == 7)
    }

    struct Retry: Sendable, CustomTestStringConvertible {
        var kind: FailureKind
        var attempts: Int
        var testDescription: String { "\(kind)" }
    }

    @Test(
        "Only what a retry can help is retried",
        arguments: [
            Retry(kind: .dns, attempts: 3), Retry(kind: .connect, attempts: 3), Retry(kind: .tls, attempts: 3),
            Retry(kind: .timeout, attempts: 3), Retry(kind: .server, attempts: 3),
            Retry(kind: .throttled, attempts: 3), Retry(kind: .permanent, attempts: 1),
            Retry(kind: .unauthorized, attempts: 2), Retry(kind: .tokenRefused, attempts: 1),
        ])
    func retried(_ test: Retry) throws {
        var world = World(Plan(policy: policy(), rows: rows(1), discovered: [])) { _, _ in (0.05, failed(test.kind)) }
        world.run(until: 50)
        let end = try #require(world.ended.first?.end)
        #expect(end.attempts == test.attempts)
        #expect(end.outcome == .failed)
        #expect(world.sent.map(\.attempt.number) == Array(1...test.attempts))
    }

    @Test("The backoff is drawn anew from the whole range that doubles")
    func backoff() {
        var world = World(
            Plan(policy: policy(retries: 3, rate: 1000, inFlight: 200), rows: rows(2000), discovered: [])
        ) { _, _ in (0.001, failed(.server)) }
        world.run(until: 70)
        var waits: [Int: [Double]] = [:]
        for attempts in Dictionary(grouping: world.sent.filter { $0.at < 60 }, by: \.attempt.row).values {
            for (first, second) in zip(attempts, attempts.dropFirst()) where second.attempt.number > 1 {
                waits[first.attempt.number, default: []].append(second.at - first.at)
            }
        }
        for (number, longest) in [(1, 0.5), (2, 1.0), (3, 2.0)] {
            let waits = waits[number] ?? []
            let mean = waits.reduce(0, +) / Double(waits.count)
            #expect(waits.count > 1000)
            #expect(abs(mean - longest / 2) < longest / 10)
            #expect(waits.allSatisfy { $0 < longest + 0.05 })
        }
    }

    @Test("A poll ends when its time does, and its last try is cut to what is left")
    func pollTime() throws {
        // 15 s: shorter than three timeouts.
        var world = World(
            Plan(policy: policy(), rows: rows(1, interval: .seconds(15)), discovered: [])
        ) { request, _ in
            (request.attempt.timeout / .seconds(1), failed(.timeout))
        }
        world.run(until: 16)
        let end = try #require(world.ended.first?.end)
        #expect(end.attempts == 2)
        #expect(end.took <= .seconds(15))
        #expect(world.sent[1].attempt.timeout < .seconds(5))
    }

    @Test("A poll that waits for its retry when its time ends has timed out")
    func timedOut() throws {
        // One request each 4 s: the third would come after the 5 s of the poll.
        var world = World(
            Plan(policy: policy(rate: 0.25), rows: rows(40, interval: .seconds(5)), discovered: [])
        ) { _, _ in (0.01, failed(.server)) }
        world.run(until: 200)
        #expect(world.ended.contains { $0.end.outcome == .timedOut })
        #expect(world.ended.allSatisfy { $0.end.took <= .milliseconds(5010) })
    }

    @Test("Rows that stay keep their place, new ones come within a minute, those that left are not asked again")
    func replan() {
        var world = World(Plan(policy: policy(), rows: rows(100), discovered: [])) { _, _ in (0.5, good) }
        world.run(until: 130)
        let next = rows(200).filter { $0.row >= 50 }
        world.apply(Plan(policy: policy(timeout: .seconds(5)), rows: next, discovered: []))
        world.run(until: 400)
        #expect(world.faults == [])
        let times = Self.times(world)
        for row in 51..<100 {
            let moments = times[row] ?? []
            #expect(zip(moments, moments.dropFirst()).allSatisfy { abs($1 - $0 - 60) < 0.02 })
        }
        for row in 100..<200 {
            #expect((times[row]?.first ?? .infinity) < 191)
        }
        for row in 0..<50 {
            #expect((times[row]?.last ?? 0) <= 130)
        }
    }

    @Test("A shorter interval takes effect at once, without a herd")
    func shorterInterval() {
        var world = World(
            Plan(policy: policy(), rows: rows(300, interval: .seconds(3600)), discovered: [])
        ) { _, _ in (0.01, good) }
        world.run(until: 3000)
        world.apply(Plan(policy: policy(), rows: rows(300), discovered: []))
        world.run(until: 3200)
        let times = Self.times(world)
        for (_, moments) in times {
            let after = moments.filter { $0 > 3000 }
            #expect((after.first ?? .infinity) < 3061)
            #expect(zip(after, after.dropFirst()).allSatisfy { $1 - $0 < 60.02 })
        }
        #expect(world.sent.count { $0.at >= 3000 && $0.at < 3001 } <= 11)
        #expect(world.schedule.lag(now: Moment(nanoseconds: 3_200_000_000_000)) < .seconds(1))
    }

    @Test("A state without a good answer is stale once, after five minutes or five intervals", arguments: [60, 120])
    func stale(_ interval: Int) throws {
        var world = World(
            Plan(policy: policy(), rows: rows(3, interval: .seconds(interval)), discovered: [])
        ) { request, at in
            let isAnswered = at < 100 || at > 5000
            return (0.05, isAnswered && request.attempt.row != 2 ? good : failed(.connect))
        }
        world.run(until: 9000)
        let stale = world.told.compactMap { item in
            if case .stale(let row) = item.action { (row: row, at: item.at) } else { nil }
        }
        #expect(stale.map(\.row).sorted() == [0, 1])
        for item in stale {
            let last = world.ended.last { $0.end.row == item.row && $0.end.outcome == .answered && $0.at < 4000 }
            let time = item.at - (try #require(last)).at
            #expect(abs(time - Double(max(300, 5 * interval))) < 0.02)
        }
    }

    @Test("Ended by us is no failure")
    func cancelled() {
        var world = World(Plan(policy: policy(), rows: rows(1), discovered: [])) { _, _ in (0.05, failed(.cancelled)) }
        world.run(until: 30)
        #expect(world.ended.map(\.end.outcome) == [.cancelled])
    }
}

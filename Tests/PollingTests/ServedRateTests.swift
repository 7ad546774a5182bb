import Polling
import Testing

/// Turns and staleness count with what a throttling cloud lets through.
@Suite struct ServedRateTests {
    /// 1200 functions every 20 seconds, which ask for 60 requests a second of 80, in a cloud that allows what is said when.
    private static func world(
        _ model: ThrottlingModel = .leakyBucket, retryAfter: Duration? = nil, allowed: @escaping (Double) -> Double
    ) -> World {
        var cloud = ThrottlingCloud(model, allowed: allowed(0))
        let plan = Plan(
            policy: policy(rate: 80), rows: rows(1200, interval: .seconds(20)), discovered: [])
        return World(plan) { _, arrival in
            cloud.allowed = allowed(arrival)
            return (0.05, cloud.accepts(arrival) ? good : failed(.throttled, retryAfter: retryAfter))
        }
    }

    /// The effective interval at the end of each second, up to `end`.
    private static func intervals(_ world: inout World, until end: Int) -> [Double] {
        (Int(world.seconds) + 1...end).map { second in
            world.run(until: Double(second))
            return world.schedule.effectiveInterval(0) / .seconds(1)
        }
    }

    @Test(
        "Under throttling the effective interval is the time of a turn, and steady", arguments: ThrottlingModel.allCases
    )
    func throttled(_ model: ThrottlingModel) {
        var world = Self.world(model) { _ in 20 }
        let settling = Self.intervals(&world, until: 300)
        #expect(settling.first == 20)
        let settled = Self.intervals(&world, until: 900)
        #expect(settled.allSatisfy { (50...64).contains($0) })
        #expect(zip(settled, settled.dropFirst()).count { $0 != $1 } <= 2)
        #expect(zip(settling, settling.dropFirst()).count { $0 != $1 } <= 12)
        #expect(world.faults == [])
    }

    @Test("The turn ends within minutes of the throttle, and rows need not sit out the long one")
    func recovers() {
        var world = Self.world { $0 < 1800 ? 1 : 1000 }
        #expect(Self.intervals(&world, until: 1800).last ?? 0 > 900)
        #expect(Self.intervals(&world, until: 2400).last == 20)
        let polls = world.ended.count { $0.at > 2280 && $0.at <= 2400 }
        #expect(polls >= 1200 * 6 - 60)
        #expect(world.schedule.lag(now: Moment(nanoseconds: world.now)) < .seconds(1))
    }

    @Test("A short throttle changes no interval")
    func short() {
        var world = Self.world { (300..<305).contains($0) ? 40 : 1000 }
        #expect(Set(Self.intervals(&world, until: 600)) == [20])
        #expect(world.outcomes.contains { $0.outcome != good })
    }

    @Test(
        "No state is withdrawn, however long a cloud throttles",
        arguments: [0.6, 2, 10], [nil, Duration.seconds(30)])
    func staleness(_ allowed: Double, _ retryAfter: Duration?) {
        var world = Self.world(retryAfter: retryAfter) { $0 < 120 ? 1000 : allowed }
        world.run(until: 3 * 3600)
        #expect(world.told.isEmpty)
        #expect(world.outcomes.contains { $0.outcome != good })
        #expect(world.faults == [])
    }

    @Test("A hold tells nothing about the rate")
    func held() {
        var world = Self.world { $0 < 400 ? 20 : 1000 }
        let before = Self.intervals(&world, until: 400).last
        world.cloud = { _, _ in (0.05, failed(.connect)) }
        world.run(until: 402)
        let held = Self.intervals(&world, until: 2000)
        #expect(world.schedule.projectStatus(0)?.held != nil)
        #expect(held.suffix(1500).allSatisfy { $0 == held.last && $0 <= (before ?? 0) })
    }

    @Test("Discovery takes a fifth of what the cloud lets through, and the states the rest")
    func discovery() {
        let limited = policy(rate: 10)
        var cloud = ThrottlingCloud(.leakyBucket, allowed: 2)
        var world = World(Plan(policy: limited, rows: rows(600), discovered: [0])) { _, arrival in
            (0.05, cloud.accepts(arrival) ? good : failed(.throttled))
        }
        world.run(until: 300)
        var permitted = 0
        let before = world.ended.count
        world.schedule.requestPermit(0, project: 0, account: 0, now: Moment(nanoseconds: world.now))
        for second in 301...900 {
            world.run(until: Double(second))
            guard world.told.contains(where: { $0.action == .permit(permitted) }) else { continue }
            _ = world.schedule.finishPermit(permitted, good, now: Moment(nanoseconds: world.now))
            permitted += 1
            world.schedule.requestPermit(permitted, project: 0, account: 0, now: Moment(nanoseconds: world.now))
        }
        #expect(permitted >= 100)
        #expect(permitted <= 600 * 2 / 5)
        #expect(world.ended.count - before >= 600)
    }
}

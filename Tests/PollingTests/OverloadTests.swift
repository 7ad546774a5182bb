import Polling
import Testing

/// A list that is longer than its rate.
@Suite struct OverloadTests {
    @Test(
        "7,600 functions in three projects under 10/s each: fair turns, truthful figures, nothing stale",
        arguments: [(true, 0), (false, 0), (false, 4)])
    func threeProjects(_ isDiscovered: Bool, _ lateMilliseconds: Int) throws {
        let plan = Plan(
            policy: policy(switch: .seconds(600)), rows: rows(7600, projects: 3),
            discovered: isDiscovered ? [0, 1, 2] : [])
        var cloud = [0, 1, 2].map { _ in ThrottlingCloud(.window, allowed: 10) }
        var noise = Noise(state: 3)
        var world = World(plan, lateMilliseconds: lateMilliseconds) { request, arrival in
            let jitter = Double.random(in: -0.005..<0.005, using: &noise)
            let isAccepted = cloud[request.attempt.row % 3].accepts(arrival + jitter)
            return (Double.random(in: 0.03..<0.3, using: &noise), isAccepted ? good : failed(.throttled))
        }
        world.run(until: 3600)
        #expect(world.faults == [])
        #expect(world.outcomes.allSatisfy { $0.outcome == good })
        #expect(world.told.isEmpty)
        let effective = Double(world.schedule.effectiveInterval(0).components.seconds)
        var gaps: [Double] = []
        var last: [Int: Double] = [:]
        for request in world.sent where request.attempt.kind == .state {
            if let before = last.updateValue(request.at, forKey: request.attempt.row), before > 600 {
                gaps.append(request.at - before)
            }
        }
        #expect(last.count == 7600)
        #expect(gaps.allSatisfy { $0 >= effective * 0.98 && $0 <= effective * 1.01 + 1 })
        let lag = Double(world.schedule.lag(now: Moment(nanoseconds: 3_600_000_000_000)).components.seconds)
        #expect(abs(lag - (effective - 60)) < 10)
    }

    @Test("Snapshots being made take a fifth of a rate that is too small, and every other row has its turn")
    func creating() throws {
        // 1,200 rows at 10/s, of which 300 would like to be polled each 10 s.
        var world = World(Plan(policy: policy(), rows: rows(1200), discovered: [])) { request, _ in
            (0.05, .answered(creating: request.attempt.row % 4 == 0))
        }
        world.run(until: 2000)
        #expect(world.faults == [])
        let effective = world.schedule.effectiveInterval(1) / .seconds(1)
        #expect(effective > 140 && effective < 160)
        let recent = world.sent.filter { $0.at >= 1000 }
        let polls = Dictionary(grouping: recent, by: \.attempt.row).mapValues(\.count)
        for row in 0..<1200 {
            let count = Double(polls[row] ?? 0)
            #expect(count >= 1000 / effective - 2)
            #expect(row % 4 == 0 || count <= 1000 / effective + 1)
        }
    }

    @Test("A list that fits is served at its interval, and the figures say so")
    func fits() throws {
        var world = World(Plan(policy: policy(switch: .seconds(600)), rows: rows(500), discovered: [])) { _, _ in
            (0.05, good)
        }
        world.run(until: 300)
        let status = try #require(world.schedule.projectStatus(0))
        #expect(status.effectiveTurn == .zero)
        #expect(abs(status.demandPerSecond - (500.0 / 60 + 500.0 / 600)) < 1e-9)
        #expect(status.requestsPerSecond == 10)
        #expect(status.held == nil)
        #expect(world.schedule.effectiveInterval(3) == .seconds(60))
        #expect(world.schedule.lag(now: Moment(nanoseconds: 300_000_000_000)) < .seconds(1))
    }
}

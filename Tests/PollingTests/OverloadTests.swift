import Polling
import Testing

/// A list that is longer than its rate.
@Suite struct OverloadTests {
    @Test("7,600 functions in three projects under 10/s each: fair turns, truthful figures, nothing stale")
    func threeProjects() throws {
        let plan = Plan(
            policy: policy(switch: .seconds(600)), rows: rows(7600, projects: 3), discovered: [0, 1, 2])
        var cloud = [0, 1, 2].map { _ in ThrottlingCloud(.window, allowed: 10) }
        var noise = Noise(state: 3)
        var world = World(plan) { request, arrival in
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
        #expect(gaps.allSatisfy { $0 >= effective * 0.98 && $0 <= effective * 1.02 + 1 })
        let lag = Double(world.schedule.lag(now: Moment(nanoseconds: 3_600_000_000_000)).components.seconds)
        #expect(abs(lag - (effective - 60)) < 10)
    }
}

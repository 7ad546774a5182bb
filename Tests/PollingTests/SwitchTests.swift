import Polling
import Testing

/// The question for the switch.
@Suite struct SwitchTests {
    private static func plan(_ count: Int, rate: Double = 10) -> Plan {
        Plan(policy: policy(switch: .seconds(600), rate: rate), rows: rows(count), discovered: [])
    }

    @Test("Each row is asked once in each of its intervals, evenly spread")
    func interval() {
        var world = World(Self.plan(100)) { _, _ in (0.05, good) }
        world.run(until: 6000)
        #expect(world.faults == [])
        let asked = world.sent.filter { $0.attempt.kind == .switch }
        // Each within the first minute, and most again at their place.
        #expect(Set(asked.filter { $0.at < 61 }.map(\.attempt.row)).count == 100)
        #expect((1070...1080).contains(asked.count))
        for start in stride(from: 600.0, to: 6000, by: 300) {
            let rows = asked.filter { $0.at >= start && $0.at < start + 300 }.map(\.attempt.row)
            #expect((49...51).contains(rows.count) && Set(rows).count == rows.count)
        }
    }

    @Test("While states wait, the switch gets a fifth of the rate and what their turn leaves, neither more nor nothing")
    func share() {
        // 3,000 rows ask for 50/s of states and 5/s for the switch.
        var world = World(Self.plan(3000)) { _, _ in (0.05, good) }
        world.run(until: 3000)
        let asked = world.sent.filter { $0.attempt.kind == .switch && $0.at > 600 }
        let share = Double(asked.count) / Double(world.sent.count { $0.at > 600 })
        #expect(share > 0.17 && share <= 0.24)
    }

    @Test("Three refusals in a row end it; a reload asks again")
    func ended() {
        var world = World(Self.plan(60)) { request, _ in
            guard request.attempt.kind == .switch else { return (0.05, good) }
            return (0.05, .failed(AttemptFailure(kind: .permanent, switchRefused: true)))
        }
        world.run(until: 700)
        #expect(world.told.map(\.action) == [.switchEnded(0)])
        #expect(world.sent.count { $0.attempt.kind == .switch } <= 4)
        world.run(until: 2000)
        let before = world.sent.count { $0.attempt.kind == .switch }
        world.schedule.resetSwitch(now: Moment(nanoseconds: 2_000_000_000_000))
        world.run(until: 2700)
        #expect(world.told.map(\.action) == [.switchEnded(0), .switchEnded(0)])
        #expect(world.sent.count { $0.attempt.kind == .switch } - before == 3)
    }

    @Test("Refusals end nothing where the states fail too")
    func refusedWithStates() {
        var world = World(Self.plan(60)) { _, _ in
            (0.05, .failed(AttemptFailure(kind: .permanent, switchRefused: true)))
        }
        world.run(until: 1300)
        #expect(world.told.isEmpty)
        #expect(world.sent.count { $0.attempt.kind == .switch } > 100)
    }

    @Test(
        "No failure of it pauses or holds, is retried or makes anything stale",
        arguments: [FailureKind.connect, .timeout, .tls, .dns, .unauthorized, .tokenRefused, .server, .permanent])
    func touchesNothing(_ kind: FailureKind) {
        var world = World(Self.plan(300)) { request, _ in
            (0.05, request.attempt.kind == .state ? good : failed(kind))
        }
        world.run(until: 1800)
        #expect(world.told.isEmpty)
        let asked = world.sent.filter { $0.attempt.kind == .switch }
        #expect((1100...1130).contains(asked.count))
        #expect(asked.allSatisfy { $0.attempt.number == 1 })
        let states = world.ended.filter { $0.end.kind == .state }
        #expect(states.allSatisfy { $0.end.outcome == .answered })
    }

    @Test("A throttled answer slows the project like any other")
    func throttles() {
        var world = World(Self.plan(300)) { request, _ in
            (0.05, request.attempt.kind == .state ? good : failed(.throttled))
        }
        world.run(until: 30)
        #expect(world.schedule.projectStatus(0)?.requestsPerSecond ?? 10 < 10)
    }
}

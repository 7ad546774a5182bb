import Polling
import Testing

/// Random lists, clouds and reloads: what must hold whatever happens. The checks themselves are ``World``'s.
@Suite struct InvariantTests {
    private static func plan(_ noise: inout Noise, keys: Int) -> Plan {
        var rows: [RowPlan] = []
        for key in 0..<keys where Int.random(in: 0..<3, using: &noise) > 0 {
            // A row's project and account mostly stay.
            let shift = Int.random(in: 0..<20, using: &noise) == 0 ? 1 : 0
            rows.append(
                RowPlan(
                    row: key, project: (key + shift) % 5, account: (key + shift) % 5 / 2,
                    interval: .seconds([5, 20, 60, 300][Int.random(in: 0..<4, using: &noise)])))
        }
        let policy = policy(
            timeout: .seconds(Int.random(in: 1...10, using: &noise)), retries: Int.random(in: 0...3, using: &noise),
            switch: Bool.random(using: &noise) ? .seconds(60) : nil,
            rate: [0.4, 3, 10, 150][Int.random(in: 0..<4, using: &noise)],
            inFlight: Int.random(in: 1...8, using: &noise), total: 16)
        return Plan(policy: policy, rows: rows, discovered: Bool.random(using: &noise) ? [0, 7] : [])
    }

    private static func cloud(_ seed: UInt64) -> World.Cloud {
        var noise = Noise(state: seed)
        let kinds = FailureKind.allCases
        return { request, at in
            let limit = request.attempt.timeout / .seconds(1)
            let delay = min(limit, Double.random(in: 0.001..<3, using: &noise))
            // Good and bad times of two minutes in turn, so that holds and pauses begin and end.
            let share = Int(at / 120) % 2 == 0 ? 0.1 : 0.8
            guard Double.random(in: 0..<1, using: &noise) < share else {
                return (delay, .answered(creating: Bool.random(using: &noise)))
            }
            let kind = kinds[Int.random(in: 0..<kinds.count, using: &noise)]
            let retryAfter: Duration? = Bool.random(using: &noise) ? .seconds(2) : nil
            return (
                delay,
                .failed(
                    AttemptFailure(
                        kind: kind, retryAfter: retryAfter, switchRefused: Bool.random(using: &noise)))
            )
        }
    }

    @Test(
        "Whatever is applied, removed and answered, no poll overlaps, no limit is passed, and all recovers",
        arguments: 1...12)
    func random(_ seed: Int) throws {
        var noise = Noise(state: UInt64(seed) * 977)
        var world = World(Self.plan(&noise, keys: 80), seed: UInt64(seed), cloud: Self.cloud(UInt64(seed)))
        for step in 1...60 {
            world.run(until: Double(step) * 10)
            switch Int.random(in: 0..<6, using: &noise) {
            case 0: world.apply(Self.plan(&noise, keys: 80))
            case 1: world.remove(Int.random(in: 0..<80, using: &noise))
            case 2: world.credentialsChanged(Int.random(in: 0..<3, using: &noise))
            case 3: world.schedule.resetSwitch(now: Moment(nanoseconds: world.now))
            default: break
            }
        }
        #expect(world.faults == [])
        // Every poll that began has ended or its row has left.
        let attempts = world.sent.count { $0.attempt.number == 1 }
        #expect(world.ended.count <= attempts)
        // A good cloud and a last plan: all is as new within the longest pause.
        let last = Plan(policy: policy(switch: .seconds(60), rate: 20), rows: rows(80, projects: 4), discovered: [])
        world.apply(last)
        // As at every reload: what was refused three times before is asked for again.
        world.schedule.resetSwitch(now: Moment(nanoseconds: world.now))
        world.cloud = { _, _ in (0.05, good) }
        world.run(until: 600 + 1300)
        let from = world.seconds
        world.run(until: from + 120)
        #expect(world.faults == [])
        let recent = world.sent.filter { $0.at >= from }
        for row in 0..<80 {
            #expect((2...3).contains(recent.count { $0.attempt.row == row && $0.attempt.kind == .state }))
            #expect((2...3).contains(recent.count { $0.attempt.row == row && $0.attempt.kind == .switch }))
        }
        #expect(world.schedule.inFlight <= 2)
        #expect(world.schedule.lag(now: Moment(nanoseconds: world.now)) < .seconds(1))
    }

    @Test("The rate is kept in every window of any length", arguments: [0.5, 3, 10, 40, 150, 1000])
    func rate(_ rate: Double) {
        var noise = Noise(state: 5)
        let count = Int(rate * 120)
        var world = World(
            Plan(policy: policy(switch: .seconds(600), rate: rate, inFlight: 256), rows: rows(count), discovered: [])
        ) { _, _ in
            let isGood = Int.random(in: 0..<10, using: &noise) > 0
            return (Double.random(in: 0.01..<0.1, using: &noise), isGood ? good : failed(.server))
        }
        world.run(until: 60)
        let moments = world.sent.map(\.at)
        for length in [1, 2, 5, 20, 100, 1000] where length < moments.count {
            for (first, last) in zip(moments, moments.dropFirst(length)) {
                // What a tick held up may come with the next one.
                #expect(Double(length) <= (last - first + 0.03) * rate + 1)
            }
        }
        #expect(Double(moments.count) > 0.96 * 60 * rate)
    }

    @Test("The same seed and answers give the same run")
    func repeatable() {
        let runs = [1, 2].map { _ in
            var noise = Noise(state: 11)
            var world = World(Self.plan(&noise, keys: 80), seed: 3, cloud: Self.cloud(3))
            world.run(until: 300)
            return world.sent.map { "\($0.at) \($0.attempt)" }
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].count > 100)
    }
}

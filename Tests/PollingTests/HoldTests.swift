import Polling
import Testing

/// Projects that cannot be reached.
@Suite struct HoldTests {
    private static func isHeld(_ action: Action) -> Bool {
        if case .held = action { true } else { false }
    }

    @Test(
        "Five failures in a row hold a project; an hour away costs one attempt each 30 s; it recovers within a minute",
        arguments: [FailureKind.dns, .connect, .tls, .timeout])
    func hourAway(_ kind: FailureKind) throws {
        let away = 100.0..<3700.0
        var world = World(Plan(policy: policy(rate: 20), rows: rows(600), discovered: [])) { request, arrival in
            guard away.contains(arrival) else { return (0.05, good) }
            return (kind == .timeout ? 10 : 0.01, failed(kind))
        }
        world.run(until: 3732)
        // The hold is over, most rows have not been polled yet, and the hour is no lag.
        #expect(world.schedule.projectStatus(0)?.held == nil)
        let lag = world.schedule.lag(now: Moment(nanoseconds: 3_732_000_000_000))
        #expect(lag > .zero && lag < .seconds(33))
        world.run(until: 4000)
        #expect(world.faults == [])
        let held = try #require(world.told.first { Self.isHeld($0.action) })
        #expect(held.action == .held(0, kind))
        let trials = world.sent.filter { $0.at > held.at && $0.at < away.upperBound }
        #expect((118...121).contains(trials.count))
        #expect(trials.allSatisfy { $0.attempt.isTrial && $0.attempt.number == 1 })
        #expect(zip(trials, trials.dropFirst()).allSatisfy { $1.at - $0.at >= 29.999 })
        #expect(Set(trials.map(\.attempt.row)).count > 60)
        let released = try #require(
            world.told.first { if case .released = $0.action { true } else { false } })
        #expect(released.at - away.upperBound < 31)
        // Every row has been polled anew.
        let after = world.sent.filter { $0.at > released.at - 1 && $0.at < away.upperBound + 60 }
        #expect(Set(after.map(\.attempt.row)).count == 600)
        #expect(world.told.filter { Self.isHeld($0.action) }.count == 1)
        #expect(world.schedule.lag(now: Moment(nanoseconds: 4_000_000_000_000)) < .seconds(1))
    }

    @Test("When the way to the cloud has changed, a held project is tried at once")
    func newWay() throws {
        var isAway = true
        var world = World(Plan(policy: policy(rate: 20), rows: rows(100), discovered: [])) { _, _ in
            isAway ? (0.01, failed(.connect)) : (0.05, good)
        }
        world.run(until: 20)
        #expect(world.schedule.projectStatus(0)?.held != nil)
        isAway = false
        let before = world.sent.count
        world.schedule.tryHeldProjects(now: Moment(nanoseconds: world.now))
        world.run(until: 21)
        #expect(world.sent.count > before)
        #expect(world.schedule.projectStatus(0)?.held == nil)
        #expect(world.faults == [])
    }

    @Test("A waiting retry of a held project ends with its failure, and a held row is neither polled nor late")
    func waitingPollsEnd() {
        var world = World(Plan(policy: policy(rate: 5), rows: rows(100), discovered: [])) { _, _ in
            (0.01, failed(.connect))
        }
        world.run(until: 25)
        #expect(world.ended.allSatisfy { $0.end.outcome == .failed })
        #expect(world.sent.count == 5)
        #expect(world.ended.count == Set(world.sent.map(\.attempt.row)).count)
        #expect(world.schedule.lag(now: Moment(nanoseconds: 25_000_000_000)) == .zero)
        #expect(world.schedule.projectStatus(0)?.held?.kind == .connect)
    }

    @Test(
        "Any answer of the server keeps a project from being held",
        arguments: [FailureKind.unauthorized, .throttled, .server, .permanent])
    func answersDoNotHold(_ kind: FailureKind) {
        var count = 0
        var world = World(Plan(policy: policy(), rows: rows(100), discovered: [])) { _, _ in
            count += 1
            return (0.01, failed(count % 5 == 0 ? kind : .connect))
        }
        world.run(until: 40)
        #expect(!world.told.contains { Self.isHeld($0.action) })
    }

    struct Silence: Sendable {
        var from: Double
        /// Of the project that answers, from a little later on.
        var latency: Double
        var interval: Int
    }

    @Test(
        "A project that never answers keeps no other waiting, though it could take every slot",
        arguments: [
            // A reserve of two slots is enough for a project that answers at once.
            Silence(from: 0, latency: 0.05, interval: 30), Silence(from: 40, latency: 0.05, interval: 30),
            // One that begins to take longer needs what the silent ones must not have.
            Silence(from: 100, latency: 1, interval: 60),
        ])
    func slowProjects(_ silence: Silence) {
        // Twenty black holes could fill 256 slots several times over before their first timeout.
        let rows = (0..<21 * 600).map {
            RowPlan(row: $0, project: $0 % 21, account: $0 % 21, interval: .seconds(silence.interval))
        }
        var world = World(Plan(policy: policy(rate: 50), rows: rows, discovered: [])) { request, at in
            if request.attempt.row % 21 == 20 {
                return (at < silence.from + 4 ? 0.05 : silence.latency, good)
            }
            return at < silence.from ? (0.05, good) : (10, failed(.timeout))
        }
        world.run(until: 130)
        #expect(world.faults == [])
        var last: [Int: Double] = [:]
        var longest = 0.0
        for request in world.sent where request.attempt.row % 21 == 20 {
            if let before = last.updateValue(request.at, forKey: request.attempt.row) {
                longest = max(longest, request.at - before)
            }
        }
        #expect(last.count == 600)
        #expect(longest < Double(silence.interval) + 1)
    }
}

import Polling
import Testing

/// Requests of discovery, which the schedule only permits.
@Suite struct DiscoveryTests {
    /// Lets 200 requests ask at once and answers each after 50 ms; returns when they were permitted.
    private static func permitted(rows count: Int, until end: Int, outcome: AttemptOutcome) -> [Double] {
        var schedule = Schedule(seed: 1, now: Moment(nanoseconds: 0))
        let plan = Plan(policy: policy(), rows: rows(count, interval: .seconds(5)), discovered: [0])
        schedule.apply(plan, now: Moment(nanoseconds: 0))
        for id in 0..<200 {
            schedule.requestPermit(id, project: 0, account: 0, now: Moment(nanoseconds: 0))
        }
        var moments: [Double] = []
        for tick in 0..<end * 100 {
            let now = Moment(nanoseconds: Int64(tick) * 10_000_000)
            var actions = schedule.advance(now: now)
            while let action = actions.popLast() {
                switch action {
                case .permit(let id):
                    moments.append(Double(tick) / 100)
                    actions += schedule.finishPermit(id, outcome, now: now)
                case .attempt(let attempt):
                    actions += schedule.finish(attempt.ticket, good, now: now)
                default: break
                }
            }
        }
        return moments
    }

    @Test("Discovery takes a fifth of the rate at most, also before the first function is known", arguments: [100, 0])
    func share(rows: Int) {
        let moments = Self.permitted(rows: rows, until: 60, outcome: good)
        #expect((110...121).contains(moments.count))
        #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 >= 0.48 })
    }

    @Test("A refused credential pauses through discovery alone as well")
    func refused() {
        let moments = Self.permitted(rows: 0, until: 100, outcome: failed(.unauthorized))
        #expect(moments.count == 3)
        #expect(moments.last.map { $0 > 60 && $0 < 61 } ?? false)
    }

    @Test("An unreachable cloud holds through discovery alone as well")
    func unreachable() {
        let moments = Self.permitted(rows: 0, until: 100, outcome: failed(.connect))
        #expect((7...8).contains(moments.count))
    }

    @Test("A permit that is not wanted any more gives back its slot")
    func cancelled() {
        var schedule = Schedule(seed: 1, now: Moment(nanoseconds: 0))
        schedule.apply(Plan(policy: policy(inFlight: 1), rows: [], discovered: [0]), now: Moment(nanoseconds: 0))
        for id in 0..<3 {
            schedule.requestPermit(id, project: 0, account: 0, now: Moment(nanoseconds: 0))
        }
        #expect(schedule.advance(now: Moment(nanoseconds: 0)) == [.permit(0)])
        schedule.cancelPermit(1)
        schedule.cancelPermit(0)
        #expect(schedule.inFlight == 0)
        #expect(schedule.advance(now: Moment(nanoseconds: 1_000_000_000)) == [.permit(2)])
        #expect(schedule.finishPermit(0, good, now: Moment(nanoseconds: 1_000_000_000)) == [])
    }
}

import Polling

/// Runs a schedule in simulated time against a model of the cloud, writes down what happens, and checks on the way
/// what must hold whatever happens.
struct World {
    /// What the model does with a request that arrives: how long until the answer, and which.
    typealias Cloud = (_ request: Sent, _ arrival: Double) -> (delay: Double, outcome: AttemptOutcome)

    struct Sent {
        var attempt: Attempt
        var at: Double
    }

    struct Ended {
        var end: PollEnd
        var at: Double
    }

    private struct Answer {
        var at: Int64
        var ticket: Ticket
        var outcome: AttemptOutcome
    }

    var schedule: Schedule
    var cloud: Cloud
    private(set) var now: Int64 = 0
    private(set) var sent: [Sent] = []
    private(set) var outcomes: [(at: Double, project: Int, outcome: AttemptOutcome)] = []
    private(set) var ended: [Ended] = []
    /// Everything else that the schedule told.
    private(set) var told: [(at: Double, action: Action)] = []
    private(set) var faults: [String] = []

    private var answers: [Answer] = []
    private var underWay: Set<Int> = []
    private var openTickets: [Ticket: (row: Int, project: Int)] = [:]
    private var projects: [Int: Int] = [:]
    private var projectInFlight: [Int: Int] = [:]
    private var plan: Plan
    private var random: Noise
    private var nextFollow: Int64 = 0
    /// How late it is called, as on a busy machine.
    private let lateness: Int64

    /// - Parameter plannedAfter: how long after the schedule its plan comes, as in the daemon.
    init(
        _ plan: Plan, seed: UInt64 = 1, plannedAfter: Duration = .zero, lateMilliseconds: Int = 0,
        cloud: @escaping Cloud
    ) {
        schedule = Schedule(seed: seed, now: Moment(nanoseconds: 0))
        self.cloud = cloud
        self.plan = plan
        lateness = Int64(lateMilliseconds) * 1_000_000
        random = Noise(state: seed)
        now = plannedAfter.components.seconds * 1_000_000_000 + plannedAfter.components.attoseconds / 1_000_000_000
        apply(plan)
    }

    var seconds: Double { Double(now) / 1e9 }

    mutating func apply(_ plan: Plan) {
        let old = Dictionary(self.plan.rows.map { ($0.row, $0) }, uniquingKeysWith: { $1 })
        for row in plan.rows where old[row.row]?.project != row.project || old[row.row]?.account != row.account {
            forget(row.row)
        }
        let staying = Dictionary(plan.rows.map { ($0.row, $0.project) }, uniquingKeysWith: { $1 })
        for row in old.keys where staying[row] == nil {
            forget(row)
        }
        self.plan = plan
        projects = staying
        schedule.apply(plan, now: Moment(nanoseconds: now))
    }

    mutating func remove(_ row: Int) {
        forget(row)
        projects[row] = nil
        plan.rows.removeAll { $0.row == row }
        schedule.remove(row, now: Moment(nanoseconds: now))
    }

    private mutating func forget(_ row: Int) {
        underWay.remove(2 * row)
        underWay.remove(2 * row + 1)
    }

    mutating func credentialsChanged(_ account: Int) {
        carryOut(schedule.credentialsChanged(account, now: Moment(nanoseconds: now)))
    }

    /// Lets the time pass until `end` seconds after the start.
    mutating func run(until end: Double) {
        let limit = Int64(end * 1e9)
        var wakesInPlace = 0
        while true {
            var next = limit
            if let wake = schedule.nextWake {
                next = min(next, max(now, wake.nanoseconds + lateness))
            }
            if let answer = answers.first {
                next = min(next, answer.at)
            }
            if nextFollow <= min(next, limit) {
                // As the daemon does each second.
                now = max(now, nextFollow)
                nextFollow += 1_000_000_000
                schedule.followRates(now: Moment(nanoseconds: now))
                continue
            }
            wakesInPlace = next == now ? wakesInPlace + 1 : 0
            if wakesInPlace > 100_000 {
                faults.append("\(seconds): the schedule wakes without end")
                return
            }
            now = next
            if let answer = answers.first, answer.at <= now {
                popAnswer()
                outcomes.append((seconds, openTickets[answer.ticket]?.project ?? -1, answer.outcome))
                if let open = openTickets.removeValue(forKey: answer.ticket) {
                    projectInFlight[open.project, default: 0] -= 1
                }
                carryOut(schedule.finish(answer.ticket, answer.outcome, now: Moment(nanoseconds: now)))
            } else if let wake = schedule.nextWake, wake.nanoseconds + lateness <= now {
                carryOut(schedule.advance(now: Moment(nanoseconds: now)))
            } else {
                return
            }
        }
    }

    private mutating func carryOut(_ actions: [Action]) {
        for action in actions {
            switch action {
            case .attempt(let attempt): send(attempt)
            case .ended(let end):
                ended.append(Ended(end: end, at: seconds))
                underWay.remove(2 * end.row + (end.kind == .state ? 0 : 1))
            default: told.append((seconds, action))
            }
        }
    }

    private mutating func send(_ attempt: Attempt) {
        let key = 2 * attempt.row + (attempt.kind == .state ? 0 : 1)
        if attempt.number == 1 ? !underWay.insert(key).inserted : !underWay.contains(key) {
            faults.append(
                "\(seconds): poll of row \(attempt.row) (\(attempt.kind)) overlaps itself or has no first attempt")
        }
        if attempt.timeout <= .zero || attempt.timeout > plan.policy.timeout {
            faults.append("\(seconds): timeout \(attempt.timeout)")
        }
        guard let project = projects[attempt.row] else {
            faults.append("\(seconds): attempt for row \(attempt.row), which is not in the plan")
            return
        }
        openTickets[attempt.ticket] = (attempt.row, project)
        projectInFlight[project, default: 0] += 1
        if projectInFlight[project, default: 0] > plan.policy.maxInFlight
            || openTickets.count > plan.policy.maxInFlightTotal
        {
            faults.append("\(seconds): \(openTickets.count) requests under way")
        }
        let request = Sent(attempt: attempt, at: seconds)
        sent.append(request)
        let answer = cloud(request, seconds + 0.01)
        push(
            Answer(
                at: now + Int64(max(0.000_001, answer.delay) * 1e9), ticket: attempt.ticket, outcome: answer.outcome))
    }

    // MARK: A small heap of answers

    private mutating func push(_ answer: Answer) {
        answers.append(answer)
        var child = answers.count - 1
        while child > 0, answers[child].at < answers[(child - 1) / 2].at {
            answers.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func popAnswer() {
        answers.swapAt(0, answers.count - 1)
        answers.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < answers.count && answers[child].at < answers[least].at {
                least = child
            }
            guard least != parent else { return }
            answers.swapAt(least, parent)
            parent = least
        }
    }
}

/// A seeded generator, so that a failing run can be repeated.
struct Noise: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) << 32 | (state &* 2_685_821_657_736_338_717) >> 32
    }
}

/// A policy with the contract's defaults, the switch left out.
func policy(
    timeout: Duration = .seconds(10), retries: Int = 2, creating: Duration = .seconds(10),
    switch interval: Duration? = nil,
    staleAfter: Int = 5, rate: Double = 10, inFlight: Int = 32, total: Int = 256
) -> PollingPolicy {
    PollingPolicy(
        timeout: timeout, retries: retries, creatingInterval: creating, switchInterval: interval,
        staleAfter: staleAfter,
        requestsPerSecond: rate, maxInFlight: inFlight, maxInFlightTotal: total)
}

/// So many rows, dealt out to the projects in turn, with one account.
func rows(_ count: Int, projects: Int = 1, interval: Duration = .seconds(60)) -> [RowPlan] {
    (0..<count).map { RowPlan(row: $0, project: $0 % projects, account: 0, interval: interval) }
}

let good = AttemptOutcome.answered(creating: false)

func failed(_ kind: FailureKind, retryAfter: Duration? = nil) -> AttemptOutcome {
    .failed(AttemptFailure(kind: kind, retryAfter: retryAfter))
}

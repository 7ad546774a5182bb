import FunctionGraph
import Logging
import Polling
import Settings

@testable import Daemon

/// Drives a ``PollCore`` by hand: its clock moves from one event to the next, and a closure stands for the cloud.
struct CoreWorld {
    /// A request that the core wanted sent.
    struct Sent {
        let attempt: Attempt
        let generation: UInt32
        let urn: FunctionURN
        let kind: RequestKind
        let seconds: Double
        let refused: Credential?
        let credential: Credential
    }

    /// What the cloud answers; `nil`: nothing yet, ``deliver(_:_:)`` may do so later.
    typealias Cloud = (Sent) -> AttemptReport.Result?

    private struct Answer {
        let at: Moment
        let sent: Sent
    }

    let metrics = Metrics(version: .current)
    let log = RecordedLog()
    let clock = HandClock()
    var core: PollCore
    /// Asked when an answer is due, not when the request is sent.
    var cloud: Cloud = {
        $0.kind == .state ? Samples.answer("enable") : .switch(SwitchAnswer(rawText: "enable", requestID: nil))
    }
    /// How long each answer takes.
    var delay = Duration.milliseconds(50)
    private(set) var sent: [Sent] = []
    private(set) var listings: [ListingJob] = []
    private(set) var upkeeps = 0
    private var answers: [Answer] = []

    init(shard: ShardID = .whole) {
        core = PollCore(
            metrics: metrics, log: PollLog(logger: log.logger), clock: clock.daemonClock, shard: shard, seed: 7)
    }

    /// Puts a configuration in force. - Parameter changed: Accounts whose secret is new.
    mutating func configure(
        _ configuration: Configuration, changed: Set<String> = [], isReload: Bool = true
    ) {
        var accounts: [String: AccountRuntime] = [:]
        for settings in configuration.accounts {
            let token = Secret("token-of-\(settings.name)")
            accounts[settings.name] = AccountRuntime(
                settings: settings, provider: StaticCredentialProvider(.token(token)), secrets: .token(token))
        }
        let plan = PollPlan(
            configuration: configuration, accounts: accounts, changedAccounts: changed,
            client: Samples.client(NoTransport()), isReload: isReload)
        core.configure(plan, now: clock.moment)
        take(core.handle(.tick))
    }

    /// Lets time pass until so many seconds after the start.
    mutating func run(until seconds: Double) {
        let end = Moment(nanoseconds: Int64(seconds * 1e9))
        while true {
            let next = min(max(core.nextWake, clock.moment), answers.first?.at ?? end)
            guard next <= end else { break }
            clock.set(next)
            if let answer = answers.first, answer.at <= next {
                answers.removeFirst()
                if let result = cloud(answer.sent) { deliver(answer.sent, result) }
            } else if core.nextWake <= next {
                take(core.handle(.tick))
            } else {
                break
            }
        }
        clock.set(end)
    }

    /// Brings an answer now.
    mutating func deliver(_ sent: Sent, _ result: AttemptReport.Result) {
        take(
            core.handle(
                .attemptEnded(
                    sent.attempt, generation: sent.generation,
                    AttemptReport(result: result, credential: sent.credential))))
    }

    /// Ends a listing.
    mutating func deliver(_ settings: DiscoverySettings, _ result: Result<[FunctionURN], CloudFailure>) {
        take(core.handle(.listingEnded(settings, result)))
    }

    /// A listing goes on and has found these.
    mutating func find(_ settings: DiscoverySettings, _ urns: [FunctionURN]) {
        take(core.handle(.listingFound(settings, urns)))
    }

    /// The page of metrics as it stands.
    var page: MetricsPage { MetricsPage(metrics.registry) }

    func record(_ urn: String) -> FunctionRecord? {
        core.rows.records.first { $0.watched.urn.canonical == urn }
    }

    /// Polls sent for a function.
    func count(_ urn: String, _ kind: RequestKind = .state) -> Int {
        sent.count { $0.urn.canonical == urn && $0.kind == kind }
    }

    private mutating func take(_ jobs: [PollJob]) {
        for job in jobs {
            switch job {
            case .attempt(let attempt, let generation, let job):
                let request = Sent(
                    attempt: attempt, generation: generation, urn: job.urn, kind: job.kind, seconds: clock.seconds,
                    refused: job.refused, credential: .token(Secret("token-of-\(job.account.name)")))
                sent.append(request)
                answers.append(Answer(at: clock.moment + delay, sent: request))
            case .listing(let job): listings.append(job)
            case .upkeep: upkeeps += 1
            }
        }
    }
}

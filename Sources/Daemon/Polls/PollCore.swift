import Exposition
import FunctionGraph
import Logging
import Polling
import Settings

/// The poll loop's state and all its decisions. It is told what happened and when, and answers with jobs; it
/// neither waits nor sends anything itself.
struct PollCore {
    let metrics: Metrics
    let log: PollLog
    let clock: DaemonClock
    let shard: ShardID

    var schedule: Schedule
    var rows = RowBook()
    var discovery = DiscoveryBook()
    var timetable = DiscoveryTimetable()
    var projects = KeyBook<ProjectID>()
    var accountKeys = KeyBook<String>()
    var accounts: [String: AccountRuntime] = [:]
    /// Why each account was refused last.
    var accountFailures: [String: PollFailure] = [:]
    var expiries: [String: Double] = [:]
    /// The credential each account sent last in each project, so that the refused one can be renewed.
    var lastCredentials: [CredentialPlace: Credential] = [:]
    var configuration: Configuration?
    var client: CloudClient?
    var ignored = 0
    var permits: [Int: PermitRequest] = [:]
    var projectsWithoutSwitch: Set<ProjectKey> = []
    /// Why the switch was not answered last, by project.
    var switchFailures: [ProjectKey: PollFailure] = [:]
    var unknownStatesLogged: Set<String> = []
    var unknownSwitchesLogged: Set<String> = []
    var projectsInPlan: Set<ProjectKey> = []
    var warnedTurns: [ProjectKey: Int] = [:]
    /// The last failure without an answer of each project, until it is reached again.
    var unreachable: [ProjectKey: PollFailure] = [:]
    /// The turns that the effective intervals on the page stand for.
    var shownTurns: [ProjectKey: Duration] = [:]
    /// When the next housekeeping is due, and how many there were.
    var nextHousekeeping: Moment
    var housekeepings = 0
    var jobs: [PollJob] = []

    /// Where a credential is used.
    struct CredentialPlace: Hashable {
        let account: AccountKey
        let project: ProjectKey
    }

    init(metrics: Metrics, log: PollLog, clock: DaemonClock, shard: ShardID, seed: UInt64) {
        self.metrics = metrics
        self.log = log
        self.clock = clock
        self.shard = shard
        let now = clock.moment()
        schedule = Schedule(seed: seed, now: now)
        nextHousekeeping = now
    }

    /// When the loop wants to be woken if nothing else comes.
    var nextWake: Moment {
        guard let wake = schedule.nextWake else { return nextHousekeeping }
        return min(wake, nextHousekeeping)
    }

    /// Works off one event. - Returns: What to do beside the loop.
    mutating func handle(_ event: PollEvent) -> [PollJob] {
        let now = clock.moment()
        switch event {
        case .tick:
            break
        case .attemptEnded(let attempt, let generation, let report):
            attemptEnded(attempt, generation: generation, report, now: now)
        case .configure(let plan, let done):
            configure(plan, now: now)
            done.resume()
        case .accountsReplaced(let replaced):
            replaceAccounts(replaced, now: now)
        case .status(let asked):
            asked.resume(returning: status(now: now))
        case .probe(let asked):
            asked.resume(returning: true)
        case .summary(let asked):
            asked.resume(returning: PollSummary(rows.order.lazy.compactMap { [rows] in rows[$0]?.record }))
        case .permitWanted(let request):
            permitWanted(request, now: now)
        case .permitCancelled(let id):
            schedule.cancelPermit(id)
            permits.removeValue(forKey: id)?.granted.resume(returning: false)
        case .permitEnded(let id, let outcome):
            perform(schedule.finishPermit(id, outcome, now: now), now: now)
        case .listingFound(let settings, let urns):
            listingFound(settings, urns, now: now)
        case .listingEnded(let settings, let result):
            listingEnded(settings, result, now: now)
        case .maintained(let account, let upkeep):
            maintained(account, upkeep)
        }
        if now >= nextHousekeeping { keepHouse(now: now) }
        perform(schedule.advance(now: now), now: now)
        defer { jobs.removeAll(keepingCapacity: true) }
        return jobs
    }

    /// Carries out what the schedule answered.
    mutating func perform(_ actions: [Action], now: Moment) {
        for action in actions {
            switch action {
            case .attempt(let attempt): start(attempt)
            case .ended(let end): pollEnded(end)
            case .stale(let row): withdraw(row)
            case .permit(let id): permits.removeValue(forKey: id)?.granted.resume(returning: true)
            case .held(let project, let kind): held(project, kind)
            case .released(let project, let after): released(project, after: after)
            case .paused(let account, let nextTrial): paused(account, nextTrial: nextTrial)
            case .resumed(let account, let after): resumed(account, after: after)
            case .switchEnded(let project): switchEnded(project)
            }
        }
    }

    /// Ends what waits on the loop; nothing comes after it.
    mutating func close() {
        for permit in permits.values { permit.granted.resume(returning: false) }
        permits = [:]
    }

    private mutating func start(_ attempt: Attempt) {
        guard let slot = rows[attempt.row], let record = slot.record, let client,
            let account = accounts[record.watched.account]
        else { return }
        let place = CredentialPlace(account: slot.account, project: slot.project)
        jobs.append(
            .attempt(
                attempt, generation: slot.generation,
                AttemptJob(
                    kind: attempt.kind, urn: record.watched.urn, account: account, client: client,
                    timeout: attempt.timeout, refused: attempt.renewCredential ? lastCredentials[place] : nil)))
        if attempt.number > 1 {
            metrics.api.observeRetry(
                attempt.kind == .state ? .snapshotState : .snapshotSwitch, region: record.watched.urn.region,
                project: record.watched.urn.project)
        }
    }
}

import Exposition
import FunctionGraph
import Polling
import Settings

/// What is done each second, whatever polls do.
extension PollCore {
    /// Credentials are looked after, and old switch answers withdrawn, every so many seconds.
    private static let upkeepEverySeconds = 10

    mutating func keepHouse(now: Moment) {
        nextHousekeeping = now + .seconds(1)
        housekeepings += 1
        metrics.exporter.set(lag: schedule.lag(now: now))
        schedule.followRates(now: now)
        for project in projectsInPlan { publish(project) }
        showIntervals()
        if housekeepings % Self.upkeepEverySeconds == 0 {
            upkeepAll()
            withdrawOldSwitches()
        }
        startListings(now: now)
    }

    /// Puts a project's rate, hold and waiting on the page.
    func publish(_ project: ProjectKey) {
        guard let id = projects[project], projectsInPlan.contains(project),
            let status = schedule.projectStatus(project)
        else { return }
        metrics.projects.set(
            id, rate: status.requestsPerSecond, held: status.held != nil,
            throttleWaitSeconds: status.throttleWait.seconds)
    }

    /// Lets every account's provider renew what is about to end.
    mutating func upkeepAll() {
        for account in accounts.values { jobs.append(.upkeep(account)) }
    }

    mutating func maintained(_ account: String, _ upkeep: CredentialUpkeep) {
        guard accounts[account] != nil else { return }
        expiries[account] = upkeep.expiryUnixSeconds
        metrics.accounts.set(account, expiryUnixSeconds: upkeep.expiryUnixSeconds)
        if let failure = upkeep.failure, failure.reason != .cancelled {
            log.renewalFailed(account, PollFailure(failure))
        }
    }

    private mutating func withdrawOldSwitches() {
        guard let poll = configuration?.poll, poll.switchPolled else { return }
        let patience = max(300, poll.switchInterval.seconds * Double(poll.staleAfter))
        withdrawSwitches(answeredBefore: clock.moment() + .seconds(-patience))
    }

    /// Takes the switch off the page where its last answer is older than that; nil: everywhere.
    mutating func withdrawSwitches(answeredBefore limit: Moment?) {
        for row in rows.order {
            guard let answered = rows[row]?.record?.switchAnsweredMoment, limit.map({ answered < $0 }) ?? true
            else { continue }
            rows.update(row) { [metrics] _, record in
                record.switchEnabled = nil
                record.switchAnsweredUnixSeconds = nil
                record.switchAnsweredMoment = nil
                metrics.functions.table.update { $0.clear(record.rowID, .switchEnabled) }
            }
        }
    }
}

import FunctionGraph
import Polling
import Settings

/// A picture of everything, for the pages and `STATUS=`.
extension PollCore {
    func status(now: Moment) -> PollStatus {
        let records = rows.records
        var perAccount: [String: Int] = [:]
        var perProject: [ProjectID: Int] = [:]
        for record in records {
            perAccount[record.watched.account, default: 0] += 1
            perProject[ProjectID(record.watched.urn), default: 0] += 1
        }
        return PollStatus(
            functions: records,
            summary: PollSummary(records),
            accounts: accounts.values.sorted { $0.name < $1.name }.map {
                accountState($0, functions: perAccount[$0.name] ?? 0, now: now)
            },
            projects: projectsInPlan.compactMap { projects[$0] }.sorted().compactMap {
                projectState($0, functions: perProject[$0] ?? 0)
            },
            discoveries: (configuration?.watch.discoveries ?? []).map(discoveryState),
            ignored: ignored,
            labelNames: configuration?.watch.labelNames ?? [],
            lagSeconds: schedule.lag(now: now).seconds,
            nowUnixSeconds: clock.unixSeconds())
    }

    private func accountState(_ account: AccountRuntime, functions: Int, now: Moment) -> PollStatus.AccountState {
        let status = accountKeys.known(account.name).flatMap { schedule.accountStatus($0) }
        return PollStatus.AccountState(
            name: account.name, method: account.origin, isPaused: status?.paused ?? false,
            isProven: status?.proven ?? false, nextTrialSeconds: status?.nextTrial.map { ($0 - now).seconds },
            expiryUnixSeconds: expiries[account.name], failure: accountFailures[account.name], functions: functions)
    }

    private func projectState(_ id: ProjectID, functions: Int) -> PollStatus.ProjectState? {
        guard let key = projects.known(id) else { return nil }
        let configured = (configuration?.limits.requestsPerSecond ?? 0) / Double(shard.count)
        let status = schedule.projectStatus(key)
        return PollStatus.ProjectState(
            id: id, functions: functions,
            requestsPerSecond: status?.requestsPerSecond ?? configured,
            configuredRequestsPerSecond: configured,
            throttleWaitSeconds: status?.throttleWait.seconds ?? 0,
            inFlight: status?.inFlight ?? 0, waiting: status?.waiting ?? 0,
            heldBecause: status?.held?.kind.reason,
            effectiveTurnSeconds: status?.effectiveTurn.seconds ?? 0,
            isSwitchPolled: configuration?.poll.switchPolled == true && !projectsWithoutSwitch.contains(key))
    }

    private func discoveryState(_ settings: DiscoverySettings) -> PollStatus.DiscoveryState {
        let entry = discovery.entries[settings]
        return PollStatus.DiscoveryState(
            settings: settings, functions: entry?.urns.count ?? 0,
            lastSuccessUnixSeconds: entry?.lastSuccessUnixSeconds, failure: entry?.failure.map(PollFailure.init),
            isListing: timetable.isListing(settings))
    }
}

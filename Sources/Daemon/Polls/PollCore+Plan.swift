import Exposition
import FunctionGraph
import Polling
import Settings

/// A new configuration, and a watch list that changed.
extension PollCore {
    mutating func configure(_ plan: PollPlan, now: Moment) {
        configuration = plan.configuration
        client = plan.client
        accounts = plan.accounts
        metrics.accounts.keep(only: Set(plan.accounts.keys))
        for name in plan.accounts.keys {
            let paused = schedule.accountStatus(accountKeys.number(name))?.paused ?? false
            metrics.accounts.set(name, paused: paused)
        }
        discovery.configure(plan.configuration.watch.discoveries)
        timetable.configure(plan.configuration.watch.discoveries, now: now)
        for settings in plan.configuration.watch.discoveries {
            metrics.projects.announceDiscovery(settings.projectID)
            showFound(settings.projectID)
            for operation in [Operation.listFunctions, .listVersions, .listAliases] {
                metrics.api.announce(operation, region: settings.region, project: settings.project)
            }
        }
        metrics.projects.discovery.keep(only: Set(plan.configuration.watch.discoveries.map(\.projectID)))
        if plan.isReload {
            schedule.resetSwitch(now: now)
            projectsWithoutSwitch = []
        }
        if !plan.configuration.poll.switchPolled { withdrawSwitches(answeredBefore: nil) }
        rebuildList(now: now)
        for name in plan.changedAccounts where plan.accounts[name] != nil {
            accountFailures[name] = nil
            perform(schedule.credentialsChanged(accountKeys.number(name), now: now), now: now)
        }
        if plan.isNewWay { schedule.tryHeldProjects(now: now) }
        dropStalePermits()
        upkeepAll()
    }

    mutating func replaceAccounts(_ replaced: [AccountRuntime], now: Moment) {
        for account in replaced where accounts[account.name] != nil {
            accounts[account.name] = account
            accountFailures[account.name] = nil
            log.secretReplaced(account.name)
            perform(schedule.credentialsChanged(accountKeys.number(account.name), now: now), now: now)
        }
        upkeepAll()
    }

    /// Builds the watch list anew and brings rows, schedule and metrics in line with it.
    mutating func rebuildList(now: Moment) {
        guard let configuration else { return }
        let list = WatchList(configuration, discovered: discovery.discovered, shard: shard)
        let labelNames = configuration.watch.labelNames
        let wanted = Set(list.functions.map(\.urn))
        let gone = rows.order.filter { row in rows[row]?.record.map { !wanted.contains($0.watched.urn) } ?? false }
        schedule.remove(gone, now: now)
        for row in gone {
            guard let record = rows[row]?.record else { continue }
            metrics.functions.table.remove(record.rowID)
            rows.remove(row)
        }
        var joined: [RowKey] = []
        var moved: [RowKey] = []
        rows.order = list.functions.map { function in
            let row: RowKey
            if let known = rows.row(of: function.urn) {
                row = known
                rows.update(known) { [metrics] _, record in
                    record.watched = function
                    // Label names may have changed even where this function's labels did not.
                    metrics.functions.relabel(record.rowID, function, labelNames: labelNames)
                    metrics.functions.show(record)
                }
            } else {
                let record = FunctionRecord(
                    watched: function, rowID: metrics.functions.insert(function, labelNames: labelNames))
                metrics.functions.table.update { update in
                    for column in [FunctionMetrics.Column.stateChanges, .polls, .pollFailures] {
                        update.set(record.rowID, column, 0)
                    }
                }
                row = rows.insert(record)
                joined.append(row)
            }
            let project = projects.number(ProjectID(function.urn))
            let account = accountKeys.number(function.account)
            if joined.last != row, rows[row]?.account != account { moved.append(row) }
            rows.update(row) { slot, _ in
                slot.project = project
                slot.account = account
            }
            return row
        }
        // Not at each step of a listing that goes on.
        if ignored == 0, !list.ignored.isEmpty {
            log.functionsIgnored(list.ignored, limit: configuration.limits.functions)
        }
        ignored = list.ignored.count
        metrics.exporter.set(watched: list.functions.count, ignored: ignored)
        applyPlan(configuration, now: now)
        for row in joined { blockIfNeeded(row) }
        for row in moved { accountChanged(row) }
        // Where discovery has yet to answer, the list is not empty but unknown.
        if list.functions.isEmpty, configuration.watch.discoveries.isEmpty { log.nothingWatched(shard) }
    }

    private mutating func applyPlan(_ configuration: Configuration, now: Moment) {
        var plans: [RowPlan] = []
        plans.reserveCapacity(rows.order.count)
        var inPlan: Set<ProjectKey> = []
        for row in rows.order {
            guard let slot = rows[row], let record = slot.record else { continue }
            inPlan.insert(slot.project)
            plans.append(
                RowPlan(
                    row: row, project: slot.project, account: slot.account, interval: record.watched.interval))
        }
        let discovered = Set(configuration.watch.discoveries.map { projects.number($0.projectID) })
        schedule.apply(
            Plan(policy: policy(configuration), rows: plans, discovered: discovered), now: now)
        projectsInPlan = inPlan.union(discovered)
        let ids = Set(projectsInPlan.compactMap { projects[$0] })
        for id in ids {
            metrics.api.announce(.snapshotState, region: id.region, project: id.project)
            if configuration.poll.switchPolled {
                metrics.api.announce(.snapshotSwitch, region: id.region, project: id.project)
            }
        }
        metrics.projects.limits.keep(only: ids)
        shownTurns = shownTurns.filter { projectsInPlan.contains($0.key) }
        for project in projectsInPlan { shownTurns[project] = schedule.projectStatus(project)?.effectiveTurn }
        for row in rows.order { showInterval(row) }
        for project in projectsInPlan {
            publish(project)
            warnIfOverloaded(project, configuration)
        }
    }

    /// Shows the effective intervals of projects whose turn has changed: by throttling, by snapshots being made, by the
    /// end of the question for the switch.
    mutating func showIntervals() {
        var changed: Set<ProjectKey> = []
        for project in projectsInPlan {
            let turn = schedule.projectStatus(project)?.effectiveTurn
            guard turn != shownTurns[project] else { continue }
            shownTurns[project] = turn
            changed.insert(project)
        }
        guard !changed.isEmpty else { return }
        for row in rows.order where rows[row].map({ changed.contains($0.project) }) ?? false { showInterval(row) }
    }

    private mutating func showInterval(_ row: RowKey) {
        let interval = schedule.effectiveInterval(row).seconds
        rows.update(row) { [metrics] _, record in
            guard record.effectiveIntervalSeconds != interval else { return }
            record.effectiveIntervalSeconds = interval
            metrics.functions.table.update { $0.set(record.rowID, .pollInterval, interval) }
        }
    }

    private func policy(_ configuration: Configuration) -> PollingPolicy {
        let poll = configuration.poll
        return PollingPolicy(
            timeout: poll.timeout, retries: poll.retries, creatingInterval: poll.creatingInterval,
            switchInterval: poll.switchPolled ? poll.switchInterval : nil, staleAfter: poll.staleAfter,
            requestsPerSecond: configuration.limits.requestsPerSecond / Double(shard.count),
            maxInFlight: configuration.limits.maxInFlight)
    }

    /// Says once for each size of the list that the rate cannot serve it, with the arithmetic.
    private mutating func warnIfOverloaded(_ project: ProjectKey, _ configuration: Configuration) {
        guard let id = projects[project], let status = schedule.projectStatus(project) else { return }
        let watched = rows.order.compactMap { rows[$0] }.filter { $0.project == project }
        let overloaded = watched.filter {
            guard let record = $0.record else { return false }
            return status.effectiveTurn > record.watched.interval
        }
        guard !overloaded.isEmpty else {
            warnedTurns[project] = nil
            return
        }
        guard warnedTurns[project] != overloaded.count else { return }
        warnedTurns[project] = overloaded.count
        log.overloaded(
            id, functions: watched.count, slowed: overloaded.count,
            rate: status.servedPerSecond, turn: status.effectiveTurn, demand: status.demandPerSecond)
    }

    /// Discovery requests of projects, accounts or entries that are configured no more need not wait.
    private mutating func dropStalePermits() {
        for (id, permit) in permits {
            if accounts[permit.account] != nil, timetable.current(permit.settings) != nil,
                let key = projects.known(permit.project), projectsInPlan.contains(key)
            {
                continue
            }
            schedule.cancelPermit(id)
            permits[id] = nil
            permit.granted.resume(returning: false)
        }
    }
}

extension ProjectID {
    /// The project of a function.
    init(_ urn: FunctionURN) { self.init(region: urn.region, project: urn.project) }
}

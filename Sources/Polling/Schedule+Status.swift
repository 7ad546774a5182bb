extension Schedule {
    /// The row's configured interval or, where the rate cannot serve it, one fair turn of its project; never the
    /// interval while creating. Zero for a row that is not in the plan.
    public func effectiveInterval(_ row: RowKey) -> Duration {
        guard row >= 0, row < rows.count, rows[row].isPresent else { return .zero }
        return .nanoseconds(effectiveNanoseconds(row))
    }

    /// How long the most overdue poll has been due, counted from the configured interval. Polls under way and those of
    /// held projects and paused accounts do not count; zero where nothing is overdue. Linear in the rows.
    public func lag(now: Moment) -> Duration {
        // For each lane the moment from which its rows' lag counts.
        let since = lanes.map { lane in
            guard lane.project >= 0 else { return Int64.max }
            let project = projects[Int(lane.project)]
            let account = accounts[Int(lane.account)]
            let isClosed = project.heldSince != nil || account.pauseStep != nil
            return isClosed ? .max : max(project.openSince, account.openSince)
        }
        var oldest = now.nanoseconds
        for row in rows where row.lane >= 0 && row.statePoll < 0 {
            oldest = min(oldest, max(row.base &+ row.interval, since[Int(row.lane)]))
        }
        return .nanoseconds(now.nanoseconds - oldest)
    }

    /// The project's limits and load; `nil` for one that is not in the plan.
    public func projectStatus(_ project: ProjectKey) -> ProjectStatus? {
        guard project >= 0, project < projects.count, projects[project].isPresent else { return nil }
        let state = projects[project]
        return ProjectStatus(
            requestsPerSecond: state.control.currentRate(state.countedAt),
            held: state.heldSince.map {
                HoldCause(
                    kind: state.heldBy, since: Moment(nanoseconds: $0), nextTrial: Moment(nanoseconds: state.nextTrial))
            },
            throttleWait: .nanoseconds(state.throttleWait), servedPerSecond: servedRate(project),
            waiting: waiting(project), inFlight: state.inFlight,
            effectiveTurn: .nanoseconds(state.turn), demandPerSecond: state.demand)
    }

    /// Where the account stands; `nil` for one that nothing in the plan uses.
    public func accountStatus(_ account: AccountKey) -> AccountStatus? {
        guard account >= 0, account < accounts.count, accounts[account].isPresent else { return nil }
        let state = accounts[account]
        return AccountStatus(
            paused: state.pauseStep != nil, proven: state.isProven,
            nextTrial: state.pauseStep == nil ? nil : Moment(nanoseconds: state.nextTrial))
    }
}

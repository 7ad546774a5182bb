extension Schedule {
    /// The configured rate, or what a cloud that throttles has let through lately.
    func servedRate(_ project: Int) -> Double {
        min(limits.requestsPerSecond, projects[project].served.counted ?? limits.requestsPerSecond)
    }

    /// Lets the turns follow what throttling clouds let through. To be called about once a second; without it turns are
    /// worked out from the configured rate. Requests that became due are sent by the next ``advance(now:)``.
    public mutating func followRates(now: Moment) {
        let time = now.nanoseconds
        var isAnyShorter = false
        for project in projects.indices where projects[project].isPresent {
            let accepted = projects[project].control.acceptedTotal
            if isClosed(project) {
                projects[project].served.skip(accepted: accepted, now: time)
                continue
            }
            let isChanged = projects[project].served.follow(
                accepted: accepted, demand: projects[project].demand,
                allowed: projects[project].control.currentRate(time),
                maximum: limits.requestsPerSecond, isBacklogged: waiting(project) > 0, now: time)
            guard isChanged else { continue }
            let old = projects[project].turn
            refreshTurn(project)
            if projects[project].turn < old {
                isAnyShorter = true
                advanceRows(project, time)
            }
        }
        // What lies in the heap for a later time would pile up there.
        if isAnyShorter {
            rebuildTimers(time)
        }
    }

    /// Whether something else than the rate keeps requests back: a hold, or a pause of one of its accounts.
    private func isClosed(_ project: Int) -> Bool {
        projects[project].heldSince != nil
            || projects[project].lanes.contains { accounts[Int(lanes[Int($0)].account)].pauseStep != nil }
    }

    /// The turn has become shorter: rows that wait for the end of a longer one are due earlier.
    private mutating func advanceRows(_ project: Int, _ now: Int64) {
        for row in rows.indices
        where rows[row].isPresent && rows[row].isIdle && !rows[row].flags.contains(.unpolled)
            && Int(lanes[Int(rows[row].lane)].project) == project
        {
            rows[row].due = min(rows[row].due, rows[row].base + effectiveNanoseconds(row))
        }
    }
}

extension Schedule {
    /// At least this long without a good answer, whatever the interval, before a state is stale.
    private static let shortestStaleTime: Int64 = 300_000_000_000
    /// The first poll comes within the interval, and within a minute.
    static let firstPollNanoseconds: Int64 = 60_000_000_000
    /// The part of the rate that a turn is worked out from. The rest goes to retries, and to wakes that come some
    /// milliseconds late on a busy machine, which the pace does not make up for: a turn that used all of the rate would
    /// not be kept, and the interval that is shown would be wrong.
    static let turnShare = 0.95
    /// A place counts as not passed yet for this part of the interval.
    static let placeTolerance: Int64 = 64

    /// The configured interval or, where the rate cannot serve it, one fair turn.
    func effectiveNanoseconds(_ row: Int) -> Int64 {
        max(rows[row].interval, projects[Int(lanes[Int(rows[row].lane)].project)].turn)
    }

    func staleTime(_ row: Int) -> Int64 {
        max(Self.shortestStaleTime, limits.staleAfter.multipliedClamped(by: effectiveNanoseconds(row)))
    }

    /// Works out anew what the project's rate can serve: the configured one, or what a cloud that throttles has let
    /// through lately.
    mutating func refreshTurn(_ project: Int) {
        let rate = servedRate(project)
        var forSwitch = 0.0
        if let interval = limits.switchInterval, !projects[project].switchEnded {
            forSwitch = Double(projects[project].rows) * 1e9 / Double(interval)
        }
        let forDiscovery = projects[project].isDiscovered ? rate / 5 : 0
        let demand = FairTurn.demand(projects[project].intervals)
        projects[project].demand = demand + forSwitch
        projects[project].creatingInTurn = projects[project].creating

        let left = rate - forDiscovery - min(forSwitch, rate / 5)
        // Snapshots being made are polled more often with what is left over, and with a fifth in any case.
        let creating = creatingRate(project, left: left, demand: demand)
        if demand <= left - creating {
            projects[project].turn = 0
            // Two per cent are kept free where nobody needs them: the cloud counts seconds by its own clock, after a
            // network with jitter.
            let share = (demand + forSwitch + forDiscovery + creating) / rate
            projects[project].pace = max(0.98, min(1, share))
        } else {
            projects[project].pace = 0.98
            // What a throttling cloud lets through is measured, and counted a little above that.
            let share = projects[project].served.counted == nil ? Self.turnShare : 0.98
            projects[project].turn = FairTurn.nanoseconds(
                intervals: projects[project].intervals, rate: (left - creating) * share)
        }
    }

    private func creatingRate(_ project: Int, left: Double, demand: Double) -> Double {
        let wanted = Double(projects[project].creating) * 1e9 / Double(limits.creatingInterval)
        return min(wanted, max(left / 5, left - demand))
    }

    /// How long after a poll a row is polled again whose snapshot is being made.
    private func creatingNanoseconds(_ project: Int, interval: Int64) -> Int64 {
        let rate = servedRate(project)
        let left = rate * (projects[project].isDiscovered ? 0.6 : 0.8)
        let granted = max(left / 5, left - projects[project].demand)
        let turn = Double(projects[project].creating) * 1e9 / granted
        return min(interval, max(limits.creatingInterval, Int64(min(turn, 1e17))))
    }

    /// The row's poll has just been sent: from when on is the next counted?
    mutating func moveBase(_ row: Int, sentAt: Int64) {
        let effective = effectiveNanoseconds(row)
        if effective > rows[row].interval {
            // Counting from the sending spreads the rows by the bucket itself, within one turn.
            rows[row].base = sentAt
        } else {
            rows[row].base += max(0, (sentAt - rows[row].base) / effective) * effective
        }
        rows[row].flags.remove(.unpolled)
    }

    /// A state poll is over: when is the next?
    mutating func setNextDue(_ row: Int, sentAt: Int64, now: Int64) {
        let project = Int(lanes[Int(rows[row].lane)].project)
        let interval = rows[row].interval
        let effective = effectiveNanoseconds(row)
        if effective == interval {
            rows[row].base -= shiftTowardsPlace(row, project, now: now)
        }
        var due = rows[row].base + effective
        if rows[row].flags.contains(.creating) {
            due = min(due, max(now, sentAt + creatingNanoseconds(project, interval: interval)))
        }
        rows[row].due = due
        timers.add(.state, row, at: due)
    }

    /// A row that is not at its place comes a little earlier each time until it is, never later than its interval,
    /// and only by as much as the rate has to spare.
    private func shiftTowardsPlace(_ row: Int, _ project: Int, now: Int64) -> Int64 {
        let interval = rows[row].interval
        let due = rows[row].base + interval
        var distance = (due - epoch - rows[row].place(interval)) % interval
        if distance < 0 {
            distance += interval
        }
        guard distance > 0 else { return 0 }
        let spare = max(0.02, min(0.5, 1 - projects[project].demand / servedRate(project)))
        let possible = min(Int64(Double(interval) * spare), due - now - interval / 4)
        return max(0, min(distance, possible))
    }

    /// When the switch is asked for first: within a minute, like the state, so that a restart leaves no long gap; later
    /// where the rate has no more to spare.
    mutating func setFirstSwitch(_ row: Int, now: Int64) {
        guard let interval = limits.switchInterval else { return }
        let project = Int(lanes[Int(rows[row].lane)].project)
        let rate = servedRate(project)
        let demand = Double(projects[project].rows) * 1e9 / Double(interval)
        // A listing brings functions for many minutes, and with them first polls: their switches can wait.
        let spare = projects[project].isDiscovered ? 0 : rate * 0.95 - (projects[project].demand - demand)
        let spread = spare > demand ? Int64(Double(projects[project].rows) * 1e9 / spare) : interval
        rows[row].switchDue = now + rows[row].place(min(interval, max(spread, Self.firstPollNanoseconds)))
        timers.add(.switch, row, at: rows[row].switchDue)
    }

    /// When the switch is asked for next: at the row's place in the switch's interval, the first that is not too soon.
    mutating func setNextSwitch(_ row: Int, now: Int64) {
        guard let interval = limits.switchInterval else { return }
        let place = epoch + rows[row].place(interval)
        let earliest = now + interval / 4
        rows[row].switchDue = place + max(0, (earliest - place + interval - 1) / interval) * interval
        timers.add(.switch, row, at: rows[row].switchDue)
    }
}

extension Int64 {
    /// The product, or the largest number where it does not fit.
    func multipliedClamped(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max / 4 : product
    }
}

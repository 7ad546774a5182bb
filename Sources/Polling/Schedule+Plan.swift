extension Schedule {
    /// Puts a plan in force. Rows that stay (same number, project and account) keep their state and place; the others
    /// get their first poll within a minute and within their interval, as far as the rate allows.
    public mutating func apply(_ plan: Plan, now: Moment) {
        let time = now.nanoseconds
        let switchInterval = limits.switchInterval
        limits = Limits(plan.policy)
        var (groups, groupOfRow) = admit(plan.rows)
        for project in projects.indices {
            projects[project].isDiscovered = plan.discovered.contains(project)
        }
        for project in plan.discovered {
            ensureProject(project)
            projects[project].isDiscovered = true
        }
        let oldTurns = projects.map(\.turn)
        let laneOfRow = countRows(plan.rows, groups)
        for project in projects.indices where projects[project].isPresent {
            projects[project].control.setMaximum(limits.requestsPerSecond)
            refreshTurn(project)
        }
        for (position, row) in plan.rows.enumerated() {
            let group = Int(groupOfRow[position])
            let interval = groups[group].interval
            let place = groups[group].nextPlace()
            if rows[row.row].isPresent {
                keep(row.row, interval, oldTurn: row.project < oldTurns.count ? oldTurns[row.project] : 0, time)
            } else {
                let first = groups[group].nextFirstPlace()
                join(row.row, laneOfRow[position], interval, place: place, first: first, time)
            }
        }
        dropUnused()
        recountSlots()
        if limits.switchInterval != switchInterval {
            restartSwitch(time)
        }
        rebuildTimers(time)
    }

    /// The function has left the list: everything about it is forgotten, and what is under way answers nothing.
    public mutating func remove(_ row: RowKey, now: Moment) { remove([row], now: now) }

    /// Functions that have left the list, all in one go: the queues are gone through once, however many they are.
    public mutating func remove(_ gone: [RowKey], now: Moment) {
        var touched: Set<Int> = []
        for row in gone where rows.indices.contains(row) && rows[row].isPresent {
            let lane = Int(rows[row].lane)
            let project = Int(lanes[lane].project)
            if touched.insert(lane).inserted {
                countThrottleWait(project, now.nanoseconds)
            }
            let interval = rows[row].interval
            detach(row)
            lanes[lane].rows -= 1
            projects[project].rows -= 1
            if let count = projects[project].intervals[interval] {
                projects[project].intervals[interval] = count > 1 ? count - 1 : nil
            }
        }
        for lane in touched {
            dropGone(from: lane)
            refreshTurn(Int(lanes[lane].project))
        }
    }

    /// Leaves only rows in a lane's queues that are in it and still wait.
    private mutating func dropGone(from lane: Int) {
        lanes[lane].states.filter { rows[Int($0)].lane == Int32(lane) && rows[Int($0)].flags.contains(.stateQueued) }
        lanes[lane].switches.filter { rows[Int($0)].lane == Int32(lane) && rows[Int($0)].flags.contains(.switchQueued) }
    }

    /// Takes out what is not in the plan any more and groups what is; answers the group of each row as well.
    private mutating func admit(_ planned: [RowPlan]) -> ([PlanGroup], [Int32]) {
        let highest = planned.reduce(-1) { max($0, $1.row) }
        // precondition: row numbers are dense, and a timer has 22 bits for one.
        precondition(highest < Timer.indexLimit, "row numbers must be below \(Timer.indexLimit)")
        if rows.count <= highest {
            rows.append(contentsOf: repeatElement(.absent, count: highest + 1 - rows.count))
        }
        var stays = [Bool](repeating: false, count: rows.count)
        var groups: [PlanGroup] = []
        var known: [PlanGroup.Key: Int32] = [:]
        var groupOfRow: [Int32] = []
        groupOfRow.reserveCapacity(planned.count)
        for (position, plan) in planned.enumerated() {
            let key = PlanGroup.Key(project: plan.project, interval: max(1_000_000, plan.interval.wholeNanoseconds))
            let group = known[key] ?? Int32(groups.count)
            if Int(group) == groups.count {
                known[key] = group
                groups.append(PlanGroup(key, offset: Double(position) / Double(planned.count)))
            }
            let isKept = rows[plan.row].isPresent && isOf(plan, lanes[Int(rows[plan.row].lane)])
            stays[plan.row] = isKept
            groups[Int(group)].count += 1
            groups[Int(group)].newCount += isKept ? 0 : 1
            groupOfRow.append(group)
        }
        for row in rows.indices where rows[row].isPresent && !stays[row] {
            detach(row)
        }
        for lane in lanes.indices where lanes[lane].project >= 0 {
            dropGone(from: lane)
        }
        return (groups, groupOfRow)
    }

    private func isOf(_ plan: RowPlan, _ lane: Lane) -> Bool {
        Int(lane.project) == plan.project && Int(lane.account) == plan.account
    }

    /// Counts the rows of lanes and projects anew; answers the lane of each row.
    private mutating func countRows(_ planned: [RowPlan], _ groups: [PlanGroup]) -> [Int32] {
        for lane in lanes.indices {
            lanes[lane].rows = 0
        }
        for project in projects.indices {
            projects[project].rows = 0
            projects[project].intervals.removeAll(keepingCapacity: true)
        }
        let laneOfRow = planned.map { plan in
            let lane = ensureLane(plan.project, plan.account)
            lanes[lane].rows += 1
            projects[plan.project].rows += 1
            return Int32(lane)
        }
        for group in groups {
            projects[group.project].intervals[group.interval] = group.count
        }
        return laneOfRow
    }

    private mutating func join(
        _ key: RowKey, _ lane: Int32, _ interval: Int64, place: Double, first: Double, _ now: Int64
    ) {
        let phase = UInt32(min(4_294_967_295, max(0, place * 4_294_967_296)))
        var row = Row(interval: interval, lane: lane, phase: phase)
        row.flags = .unpolled
        let here = epoch + row.place(interval)
        if interval <= Self.firstPollNanoseconds {
            // Its place comes soon enough. One that has just passed counts as now: the plan is made a moment after the
            // clock that places are counted from was read, and the first row is at its very beginning.
            let wait = now - here - interval / Self.placeTolerance
            row.due = here + max(0, (wait + interval - 1) / interval) * interval
        } else {
            row.due = now + Int64(first * Double(Self.firstPollNanoseconds))
        }
        row.base = row.due - interval
        rows[key] = row
        setFirstSwitch(key, now: now)
    }

    /// A row that stays: only another effective interval moves it.
    private mutating func keep(_ row: Int, _ interval: Int64, oldTurn: Int64, _ now: Int64) {
        let old = max(rows[row].interval, oldTurn)
        let isChanged = rows[row].interval != interval
        rows[row].interval = interval
        let effective = effectiveNanoseconds(row)
        guard effective != old || isChanged, rows[row].isIdle else { return }
        if rows[row].flags.contains(.unpolled) {
            rows[row].due = min(rows[row].due, now + rows[row].place(min(interval, Self.firstPollNanoseconds)))
            rows[row].base = rows[row].due - interval
            return
        }
        var due = rows[row].base + effective
        if due < now {
            // It would have been due already: such rows come spread, not all at once.
            due = now + rows[row].place(min(interval, Self.firstPollNanoseconds))
            if isChanged {
                rows[row].base = due - interval
            }
        }
        rows[row].due = rows[row].flags.contains(.creating) ? min(due, rows[row].due) : due
    }

    /// Takes a row out. What is under way for it keeps its slot until its outcome is told or its time is long over.
    private mutating func detach(_ row: Int) {
        for poll in [rows[row].statePoll, rows[row].switchPoll] where poll >= 0 {
            let index = Int(poll)
            if polls[index].phase == .inFlight {
                let request = Int(polls[index].request)
                requests[request].poll = -1
                requests[request].expiresAt = polls[index].deadline + 5_000_000_000
                timers.add(.request, request, at: requests[request].expiresAt)
            } else {
                lanes[Int(polls[index].lane)].retries.filter { $0 != poll }
            }
            polls[index].phase = .free
            freePolls.append(poll)
        }
        if rows[row].flags.contains(.creating) {
            projects[Int(lanes[Int(rows[row].lane)].project)].creating -= 1
        }
        rows[row] = .absent
    }

    private mutating func restartSwitch(_ now: Int64) {
        for row in rows.indices where rows[row].isPresent {
            if limits.switchInterval == nil {
                rows[row].flags.remove(.switchQueued)
            } else if rows[row].switchPoll < 0, !rows[row].flags.contains(.switchQueued) {
                setFirstSwitch(row, now: now)
            }
        }
        if limits.switchInterval == nil {
            for lane in lanes.indices {
                lanes[lane].switches.removeAll()
            }
        }
    }
}

extension Schedule {
    mutating func ensureProject(_ project: Int) {
        // precondition: projects are numbered densely from 0.
        precondition(project >= 0 && project < Timer.indexLimit, "project numbers must be dense")
        while projects.count <= project {
            projects.append(Project(maximumRate: limits.requestsPerSecond))
        }
        guard !projects[project].isPresent else { return }
        projects[project] = Project(maximumRate: limits.requestsPerSecond)
        projects[project].isPresent = true
        recountSlots()
    }

    private mutating func ensureAccount(_ account: Int) {
        // precondition: accounts are numbered densely from 0.
        precondition(account >= 0 && account < Timer.indexLimit, "account numbers must be dense")
        while accounts.count <= account {
            accounts.append(Account())
        }
        guard !accounts[account].isPresent else { return }
        accounts[account] = Account()
        accounts[account].isPresent = true
    }

    /// The lane of this account in this project, made where there is none.
    mutating func ensureLane(_ project: Int, _ account: Int) -> Int {
        ensureProject(project)
        if let lane = projects[project].lanes.first(where: { Int(lanes[Int($0)].account) == account }) {
            return Int(lane)
        }
        ensureAccount(account)
        var lane = Lane()
        lane.project = Int32(project)
        lane.account = Int32(account)
        let index: Int
        if let free = freeLanes.popLast() {
            index = Int(free)
            lanes[index] = lane
        } else {
            index = lanes.count
            lanes.append(lane)
        }
        projects[project].lanes.append(Int32(index))
        accounts[account].lanes.append(Int32(index))
        return index
    }

    /// Forgets lanes, projects and accounts that nothing in the plan uses.
    mutating func dropUnused() {
        for index in lanes.indices where lanes[index].project >= 0 && lanes[index].rows == 0 {
            let lane = lanes[index]
            let project = Int(lane.project)
            guard lane.permits.isEmpty, !(lane.hadPermits && projects[project].isDiscovered) else { continue }
            for request in requests.indices
            where requests[request].ticket != 0 && Int(requests[request].lane) == index {
                requests[request].lane = -1
                projects[project].inFlight -= 1
                if requests[request].isHoldTrial {
                    projects[project].trialInFlight = false
                }
                if accounts[Int(lane.account)].solo == requests[request].ticket {
                    accounts[Int(lane.account)].solo = 0
                }
            }
            projects[project].lanes.removeAll { $0 == Int32(index) }
            accounts[Int(lane.account)].lanes.removeAll { $0 == Int32(index) }
            lanes[index] = Lane()
            freeLanes.append(Int32(index))
        }
        for project in projects.indices
        where projects[project].isPresent && projects[project].lanes.isEmpty && !projects[project].isDiscovered {
            let isDirty = projects[project].isDirty
            projects[project] = Project(maximumRate: limits.requestsPerSecond)
            projects[project].isDirty = isDirty
        }
        for account in accounts.indices where accounts[account].isPresent && accounts[account].lanes.isEmpty {
            accounts[account] = Account()
        }
    }

    /// All timers anew: what a plan moved would otherwise lie in the heap until its old time.
    mutating func rebuildTimers(_ now: Int64) {
        var all: [Timer] = []
        all.reserveCapacity(rows.count * 3)
        for index in rows.indices where rows[index].isPresent {
            let row = rows[index]
            if row.isIdle {
                all.append(timers.timer(.state, index, at: row.due))
            }
            if limits.switchInterval != nil, row.switchPoll < 0, !row.flags.contains(.switchQueued) {
                all.append(timers.timer(.switch, index, at: row.switchDue))
            }
            if row.flags.contains(.known) {
                rows[index].flags.insert(.staleTimed)
                all.append(timers.timer(.stale, index, at: row.lastGood + staleTime(index)))
            }
        }
        for index in polls.indices where polls[index].phase == .waiting || polls[index].phase == .backingOff {
            all.append(timers.timer(.poll, index, at: polls[index].wakeAt))
        }
        for index in requests.indices where requests[index].ticket != 0 && requests[index].expiresAt > 0 {
            all.append(timers.timer(.request, index, at: requests[index].expiresAt))
        }
        for index in accounts.indices where accounts[index].pauseStep != nil {
            all.append(timers.timer(.account, index, at: accounts[index].nextTrial))
        }
        for index in projects.indices where projects[index].isPresent {
            // Each looks at once what it has to wait for.
            projects[index].wakeAt = now
            all.append(timers.timer(.project, index, at: now))
        }
        timers.rebuild(all)
    }
}

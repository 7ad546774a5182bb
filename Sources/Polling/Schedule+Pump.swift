extension Schedule {
    /// Sends what may be sent in every project that has something new.
    mutating func pumpDirty(_ now: Int64, _ actions: inout [Action]) {
        var next = 0
        while next < dirtyProjects.count {
            let project = Int(dirtyProjects[next])
            projects[project].isDirty = false
            pump(project, now, &actions)
            next += 1
        }
        dirtyProjects.removeAll(keepingCapacity: true)
    }

    /// A shared slot is free again: the projects that wait take turns.
    mutating func pumpAll(_ now: Int64, _ actions: inout [Action]) {
        isFull = false
        let count = projects.count
        let first = nextProject
        for offset in 0..<count where !isFull {
            let project = (first + offset) % count
            guard projects[project].isPresent else { continue }
            let before = projects[project].inFlight
            pump(project, now, &actions)
            if projects[project].inFlight > before {
                nextProject = (project + 1) % count
            }
        }
    }

    /// Sends what the project's rate and slots allow; for the rest it arranges to be called again.
    mutating func pump(_ project: Int, _ now: Int64, _ actions: inout [Action]) {
        guard projects[project].isPresent else { return }
        countThrottleWait(project, now)
        projects[project].waitsForRate = false
        if let until = projects[project].control.blockedUntil {
            projects[project].pacer.block(until: until)
        }
        while true {
            endLateRetries(project, now, &actions)
            guard let candidate = candidate(project, now) else { return }
            guard hasSlot(project, now) else { return }
            let at = projects[project].pacer.nextAt
            if at > now {
                projects[project].waitsForRate = projects[project].control.isThrottled(now)
                wake(project, at: at)
                return
            }
            let rate = projects[project].control.rate(now) * projects[project].pace
            projects[project].pacer.take(now, rate: rate, slack: rate > 100 ? 20_000_000 : 1_000_000)
            send(candidate, project, now, &actions)
        }
    }

    /// Retries that have waited until too little is left of their poll's time.
    private mutating func endLateRetries(_ project: Int, _ now: Int64, _ actions: inout [Action]) {
        for lane in projects[project].lanes {
            while let poll = lanes[Int(lane)].retries.first, polls[Int(poll)].deadline - now < limits.shortestRetry {
                endPoll(Int(poll), .timedOut, now, &actions)
            }
        }
    }

    /// Calls for the project to be looked at then.
    mutating func wake(_ project: Int, at moment: Int64) {
        guard moment < projects[project].wakeAt else { return }
        projects[project].wakeAt = moment
        // Few requests a second are paced to the millisecond; ticks would make their distances uneven.
        let isFast = projects[project].control.currentRate(moment) > 100
        timers.add(.project, project, at: moment, tick: isFast ? 10 : 1)
    }

    /// Adds up the time that requests have waited because the cloud throttles. Waiting for the configured rate is
    /// the schedule's ordinary pace and no news.
    mutating func countThrottleWait(_ project: Int, _ now: Int64) {
        if projects[project].waitsForRate {
            projects[project].throttleWait += Int64(waiting(project)) * (now - projects[project].countedAt)
        }
        projects[project].countedAt = now
    }

    func waiting(_ project: Int) -> Int {
        projects[project].lanes.reduce(0) { $0 + lanes[Int($1)].waiting }
    }

    // MARK: What is next

    /// The next request of the project: retries first, because the time of their polls is running; discovery within
    /// its fifth of the rate; the switch in every fifth place while states wait; states in order of due time.
    private mutating func candidate(_ project: Int, _ now: Int64) -> Candidate? {
        if projects[project].heldSince != nil {
            return trialCandidate(project, now)
        }
        if let lane = lane(project, now, where: { !$0.retries.isEmpty }) {
            return .retry(lane: lane)
        }
        if let candidate = permitCandidate(project, now) {
            return candidate
        }
        let forSwitch = switchLane(project)
        if let forSwitch, projects[project].switchCredit >= 1 {
            return .switch(lane: forSwitch)
        }
        if let lane = stateLane(project, now) {
            return .state(lane: lane)
        }
        return forSwitch.map { .switch(lane: $0) }
    }

    /// A held project sends one request each 30 seconds.
    private mutating func trialCandidate(_ project: Int, _ now: Int64) -> Candidate? {
        guard !projects[project].trialInFlight else { return nil }
        guard projects[project].nextTrial <= now else {
            wake(project, at: projects[project].nextTrial)
            return nil
        }
        if let lane = stateLane(project, now) {
            return .state(lane: lane)
        }
        return lane(project, now, where: { !$0.permits.isEmpty }).map { .permit(lane: $0) }
    }

    private mutating func permitCandidate(_ project: Int, _ now: Int64) -> Candidate? {
        guard let lane = lane(project, now, where: { !$0.permits.isEmpty }) else { return nil }
        let at = projects[project].permitPacer.nextAt
        guard at > now else { return .permit(lane: lane) }
        wake(project, at: at)
        return nil
    }

    /// The switch is asked only with credentials that are known to be good: its answers decide nothing.
    private func switchLane(_ project: Int) -> Int? {
        for lane in projects[project].lanes
        where !lanes[Int(lane)].switches.isEmpty && !accounts[Int(lanes[Int(lane)].account)].isGuarded {
            return Int(lane)
        }
        return nil
    }

    /// The lane whose first row has been due the longest.
    private func stateLane(_ project: Int, _ now: Int64) -> Int? {
        var best: (lane: Int, due: Int64)?
        for lane in projects[project].lanes {
            guard let row = lanes[Int(lane)].states.first, allows(Int(lanes[Int(lane)].account), now) else { continue }
            let due = rows[Int(row)].due
            if best.map({ due < $0.due }) ?? true {
                best = (Int(lane), due)
            }
        }
        return best?.lane
    }

    /// A lane that has what is asked for; they take turns.
    private mutating func lane(_ project: Int, _ now: Int64, where condition: (Lane) -> Bool) -> Int? {
        let count = projects[project].lanes.count
        for offset in 0..<count {
            let position = (projects[project].nextLane + offset) % count
            let lane = Int(projects[project].lanes[position])
            if condition(lanes[lane]), allows(Int(lanes[lane].account), now) {
                projects[project].nextLane = (position + 1) % count
                return lane
            }
        }
        return nil
    }

    // MARK: Slots

    /// Whether the project may have one more request under way. A few of the shared slots are reserved for each
    /// project, and one that has been silent gets its fair share at most: so a project that never answers keeps no
    /// other waiting.
    private mutating func hasSlot(_ project: Int, _ now: Int64) -> Bool {
        let inFlight = projects[project].inFlight
        guard inFlight < limits.maxInFlight else { return false }
        guard requestsInFlight < limits.maxInFlightTotal else {
            isFull = true
            return false
        }
        if inFlight < slotReserve {
            return true
        }
        guard requestsInFlight + unmetReserve < limits.maxInFlightTotal else {
            isFull = true
            return false
        }
        let isSilent = inFlight > 0 && now - projects[project].heardAt > 1_000_000_000
        return !isSilent || inFlight < max(1, limits.maxInFlightTotal / (2 * max(1, presentProjects)))
    }

    var slotReserve: Int {
        presentProjects * 2 <= limits.maxInFlightTotal ? 2 : presentProjects <= limits.maxInFlightTotal ? 1 : 0
    }

    mutating func takeSlot(_ project: Int, _ now: Int64) {
        if projects[project].inFlight < slotReserve {
            unmetReserve -= 1
        }
        if projects[project].inFlight == 0 {
            projects[project].heardAt = now
        }
        projects[project].inFlight += 1
        requestsInFlight += 1
    }

    mutating func releaseSlot(_ project: Int) {
        projects[project].inFlight -= 1
        requestsInFlight -= 1
        if projects[project].inFlight < slotReserve {
            unmetReserve += 1
        }
    }

    /// Projects have come or gone.
    mutating func recountSlots() {
        presentProjects = projects.count { $0.isPresent }
        let reserve = slotReserve
        unmetReserve = projects.reduce(0) { $0 + ($1.isPresent ? max(0, reserve - $1.inFlight) : 0) }
    }
}

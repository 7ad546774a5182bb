/// What is due when: intervals, places, rates, slots, retries, holds and pauses. It reads no clock and starts nothing;
/// it is told the time and what became of requests, and answers with actions.
///
/// Its owner calls ``advance(now:)`` at ``nextWake`` and ``finish(_:_:now:)`` once for each attempt, and carries out
/// the actions in their order. Times that it is told never go backwards.
public struct Schedule: Sendable {
    var limits: Limits
    let epoch: Int64
    var random: SplitMix64
    var timers: TimerQueue

    var rows: [Row] = []
    var projects: [Project] = []
    var accounts: [Account] = []
    var lanes: [Lane] = []
    var freeLanes: [Int32] = []
    var polls: [Poll] = []
    var freePolls: [Int32] = []
    var requests: [Request] = []
    var freeRequests: [Int32] = []
    /// Discovery requests: the lane one waits in, or the record of the one under way.
    var permits: [Int: Permit] = [:]

    var serial: UInt64 = 0
    var requestsInFlight = 0
    var presentProjects = 0
    /// Slots that are kept free for projects that use fewer than their reserve.
    var unmetReserve = 0
    /// A request waits for one of the slots that all projects share.
    var isFull = false
    /// Projects with something new to send.
    var dirtyProjects: [Int32] = []
    var nextProject = 0

    /// An empty schedule. `seed` makes its jitter repeatable; `now` is the origin of the places in an interval.
    public init(seed: UInt64, now: Moment) {
        epoch = now.nanoseconds
        random = SplitMix64(seed: seed)
        timers = TimerQueue(epoch: now.nanoseconds)
        limits = Limits(
            PollingPolicy(
                timeout: .seconds(10), retries: 2, creatingInterval: .seconds(10), switchInterval: nil, staleAfter: 5,
                requestsPerSecond: 10, maxInFlight: 32))
    }

    /// When ``advance(now:)`` is to be called next, if nothing happens before; `nil`: nothing is waiting for a time.
    public var nextWake: Moment? {
        timers.nextDeadline.map(Moment.init(nanoseconds:))
    }

    /// Requests under way, those of rows that have left included.
    public var inFlight: Int { requestsInFlight }

    /// Does everything whose time has come.
    public mutating func advance(now: Moment) -> [Action] {
        var actions: [Action] = []
        let time = now.nanoseconds
        while let timer = timers.popDue(time) {
            fire(timer, time, &actions)
        }
        pumpDirty(time, &actions)
        return actions
    }

    private mutating func fire(_ timer: Timer, _ now: Int64, _ actions: inout [Action]) {
        let index = timer.index
        switch timer.purpose {
        case .state:
            guard index < rows.count, rows[index].isPresent, rows[index].isIdle,
                timers.millisecond(rows[index].due) == timer.millisecond
            else { return }
            enqueueState(index, now)
        case .switch:
            fireSwitch(index, timer.millisecond, now)
        case .stale:
            fireStale(index, now, &actions)
        case .poll:
            firePoll(index, timer.millisecond, now, &actions)
        case .project:
            guard index < projects.count, projects[index].isPresent else { return }
            if projects[index].wakeAt <= now {
                projects[index].wakeAt = .max
            }
            markDirty(index)
        case .account:
            guard index < accounts.count, accounts[index].isPresent else { return }
            markAccountDirty(index)
        case .request:
            expireRequest(index, now)
        case nil:
            return
        }
    }

    private mutating func fireSwitch(_ row: Int, _ millisecond: Int64, _ now: Int64) {
        guard row < rows.count, rows[row].isPresent, rows[row].switchPoll < 0,
            !rows[row].flags.contains(.switchQueued), limits.switchInterval != nil,
            timers.millisecond(rows[row].switchDue) == millisecond
        else { return }
        let lane = Int(rows[row].lane)
        let project = Int(lanes[lane].project)
        guard !projects[project].switchEnded else { return }
        countThrottleWait(project, now)
        rows[row].flags.insert(.switchQueued)
        lanes[lane].switches.append(Int32(row))
        markDirty(project)
    }

    private mutating func fireStale(_ row: Int, _ now: Int64, _ actions: inout [Action]) {
        guard row < rows.count, rows[row].isPresent, rows[row].flags.contains(.staleTimed) else { return }
        rows[row].flags.remove(.staleTimed)
        guard rows[row].flags.contains(.known) else { return }
        let deadline = rows[row].lastGood + staleTime(row)
        if deadline <= now {
            rows[row].flags.remove(.known)
            actions.append(.stale(row))
        } else {
            rows[row].flags.insert(.staleTimed)
            timers.add(.stale, row, at: deadline)
        }
    }

    /// Puts the row at the end of its lane.
    mutating func enqueueState(_ row: Int, _ now: Int64) {
        let lane = Int(rows[row].lane)
        countThrottleWait(Int(lanes[lane].project), now)
        rows[row].flags.insert(.stateQueued)
        lanes[lane].states.append(Int32(row))
        markDirty(Int(lanes[lane].project))
    }

    mutating func markDirty(_ project: Int) {
        guard !projects[project].isDirty else { return }
        projects[project].isDirty = true
        dirtyProjects.append(Int32(project))
    }

    /// Every project of the account has something new to look at; which is first goes round.
    mutating func markAccountDirty(_ account: Int) {
        let count = accounts[account].lanes.count
        for offset in 0..<count {
            let lane = accounts[account].lanes[(accounts[account].nextLane + offset) % count]
            markDirty(Int(lanes[Int(lane)].project))
        }
    }
}

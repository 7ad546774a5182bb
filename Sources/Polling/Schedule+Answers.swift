extension Schedule {
    /// Three refusals in a row end the question for the switch.
    private static let refusalsToEndSwitch = 3

    /// A poll got a good answer.
    mutating func noteAnswer(_ row: Int, _ request: Request, _ outcome: AttemptOutcome, _ now: Int64) {
        let project = Int(lanes[Int(request.lane)].project)
        guard request.kind == .state else {
            projects[project].switchRefusals = 0
            return
        }
        guard case .answered(let creating) = outcome else { return }
        rows[row].lastGood = now
        rows[row].flags.formUnion([.known, .lastGood])
        if !rows[row].flags.contains(.staleTimed) {
            rows[row].flags.insert(.staleTimed)
            timers.add(.stale, row, at: now + staleTime(row))
        }
        if creating != rows[row].flags.contains(.creating) {
            rows[row].flags.formSymmetricDifference(.creating)
            projects[project].creating += creating ? 1 : -1
            let change = abs(projects[project].creating - projects[project].creatingInTurn)
            // The turn is worked out from all intervals; not at every answer of a fleet that is being made.
            if change > (projects[project].creatingInTurn + projects[project].intervals.count) / 16 {
                refreshTurn(project)
            }
        }
    }

    /// The switch was not answered. Its endpoint is undocumented: where a project refuses it three times in a row
    /// though the states of the same rows are answered, it does not exist there.
    mutating func noteSwitchFailure(
        _ request: Request, _ row: Int, _ failure: AttemptFailure, _ actions: inout [Action]
    ) {
        let project = Int(lanes[Int(request.lane)].project)
        guard !projects[project].switchEnded, failure.kind.isAnswer else { return }
        guard failure.switchRefused else {
            projects[project].switchRefusals = 0
            return
        }
        guard rows[row].flags.contains(.lastGood) else { return }
        projects[project].switchRefusals += 1
        guard projects[project].switchRefusals >= Self.refusalsToEndSwitch else { return }
        projects[project].switchEnded = true
        for lane in projects[project].lanes {
            while let row = lanes[Int(lane)].switches.popFirst() {
                rows[Int(row)].flags.remove(.switchQueued)
            }
        }
        refreshTurn(project)
        actions.append(.switchEnded(project))
    }

    /// After a reload: asks for the switch again where that was ended.
    public mutating func resetSwitch(now: Moment) {
        for project in projects.indices where projects[project].isPresent {
            projects[project].switchRefusals = 0
            guard projects[project].switchEnded else { continue }
            projects[project].switchEnded = false
            refreshTurn(project)
        }
        guard limits.switchInterval != nil else { return }
        for row in rows.indices
        where rows[row].isPresent && rows[row].switchPoll < 0 && !rows[row].flags.contains(.switchQueued)
            && rows[row].switchDue <= now.nanoseconds
        {
            setNextSwitch(row, now: now.nanoseconds)
        }
    }
}

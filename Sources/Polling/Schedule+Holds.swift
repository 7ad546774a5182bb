extension Schedule {
    /// So many failures in a row hold a project.
    private static let failuresToHold = 5
    /// From one trial of a held project to the next.
    static let trialNanoseconds: Int64 = 30_000_000_000

    /// What the outcome of a request tells about its project being reachable. The switch tells nothing: nobody has
    /// documented its answers.
    mutating func noteReachability(
        _ project: Int, _ request: Request, _ failure: FailureKind?, _ now: Int64, _ actions: inout [Action]
    ) {
        if request.isHoldTrial {
            projects[project].trialInFlight = false
        }
        let isAnswer = failure?.isAnswer ?? true
        if isAnswer {
            projects[project].heardAt = now
        }
        guard request.kind == .state else { return }
        if isAnswer {
            projects[project].unreachableInRow = 0
            if let since = projects[project].heldSince {
                projects[project].heldSince = nil
                projects[project].openSince = now
                actions.append(.released(project, after: .nanoseconds(now - since)))
            }
        } else if let failure, failure.isUnreachable, projects[project].heldSince == nil {
            projects[project].unreachableInRow += 1
            if projects[project].unreachableInRow >= Self.failuresToHold {
                hold(project, failure, now, &actions)
            }
        }
    }

    private mutating func hold(_ project: Int, _ failure: FailureKind, _ now: Int64, _ actions: inout [Action]) {
        projects[project].heldSince = now
        projects[project].heldBy = failure
        projects[project].nextTrial = now + Self.trialNanoseconds
        projects[project].unreachableInRow = 0
        actions.append(.held(project, failure))
        endWaitingPolls(now, &actions) { lane in Int(lane.project) == project }
        wake(project, at: projects[project].nextTrial)
    }

    /// The way to the cloud has changed: held projects send their next trial at once.
    public mutating func tryHeldProjects(now: Moment) {
        for project in projects.indices where projects[project].heldSince != nil && !projects[project].trialInFlight {
            projects[project].nextTrial = now.nanoseconds
            wake(project, at: now.nanoseconds)
        }
    }

    /// Ends the polls that wait for a further try in these lanes, with the failure they had.
    mutating func endWaitingPolls(_ now: Int64, _ actions: inout [Action], in isMeant: (Lane) -> Bool) {
        for index in polls.indices {
            let poll = polls[index]
            guard poll.phase == .waiting || poll.phase == .backingOff, isMeant(lanes[Int(poll.lane)]) else { continue }
            endPoll(index, .failed, now, &actions)
        }
    }
}

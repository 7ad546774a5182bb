extension Schedule {
    mutating func send(_ candidate: Candidate, _ project: Int, _ now: Int64, _ actions: inout [Action]) {
        switch candidate {
        case .retry(let lane):
            guard let poll = lanes[lane].retries.popFirst() else { return }
            sendAttempt(Int(poll), now, &actions)
        case .state(let lane):
            guard let row = lanes[lane].states.popFirst() else { return }
            rows[Int(row)].flags.remove(.stateQueued)
            moveBase(Int(row), sentAt: now)
            let time = min(rows[Int(row)].interval, (Int64(limits.retries) + 1) * limits.timeout)
            let poll = beginPoll(.state, row, lane, time, now)
            rows[Int(row)].statePoll = Int32(poll)
            sendAttempt(poll, now, &actions)
        case .switch(let lane):
            guard let row = lanes[lane].switches.popFirst() else { return }
            if !lanes[lane].states.isEmpty {
                projects[project].switchCredit = max(0, projects[project].switchCredit - 1)
            }
            rows[Int(row)].flags.remove(.switchQueued)
            let poll = beginPoll(.switch, row, lane, limits.timeout, now)
            rows[Int(row)].switchPoll = Int32(poll)
            sendAttempt(poll, now, &actions)
            return
        case .permit(let lane):
            let id = lanes[lane].permits.removeFirst()
            // A fifth of what the cloud lets through: discovery goes first and would leave nothing of a low rate.
            let rate = projects[project].control.currentRate(now)
            projects[project].permitPacer.take(now, rate: rate / 5, slack: 2_000_000)
            let request = openRequest(lane: lane, poll: -1, kind: .state, now)
            permits[id]?.request = Int32(request)
            actions.append(.permit(id))
        }
        projects[project].switchCredit = min(2, projects[project].switchCredit + 0.25)
    }

    private mutating func beginPoll(
        _ kind: RequestKind, _ row: Int32, _ lane: Int, _ time: Int64, _ now: Int64
    ) -> Int {
        var poll = Poll()
        poll.kind = kind
        poll.row = row
        poll.lane = Int32(lane)
        poll.startedAt = now
        poll.deadline = now + max(1_000_000, time)
        poll.phase = .inFlight
        guard let free = freePolls.popLast() else {
            polls.append(poll)
            return polls.count - 1
        }
        polls[Int(free)] = poll
        return Int(free)
    }

    private mutating func sendAttempt(_ index: Int, _ now: Int64, _ actions: inout [Action]) {
        let lane = Int(polls[index].lane)
        let request = openRequest(lane: lane, poll: Int32(index), kind: polls[index].kind, now)
        polls[index].phase = .inFlight
        polls[index].attempts += 1
        polls[index].request = Int32(request)
        actions.append(
            .attempt(
                Attempt(
                    ticket: Ticket(number: requests[request].ticket), row: Int(polls[index].row),
                    kind: polls[index].kind, number: Int(polls[index].attempts),
                    timeout: .nanoseconds(min(limits.timeout, polls[index].deadline - now)),
                    renewCredential: requests[request].isRenewed, isTrial: requests[request].isTrial)))
    }

    /// Takes a slot and notes what the answer will tell about account and project.
    private mutating func openRequest(lane: Int, poll: Int32, kind: RequestKind, _ now: Int64) -> Int {
        let project = Int(lanes[lane].project)
        let account = Int(lanes[lane].account)
        takeSlot(project, now)
        let index = freeRequests.popLast().map(Int.init) ?? requests.count
        serial += 1
        var request = Request()
        request.ticket = serial << 22 | UInt64(index)
        request.lane = Int32(lane)
        request.poll = poll
        request.kind = kind
        request.sentAt = now
        request.credentialEpoch = accounts[account].epoch
        request.isHoldTrial = projects[project].heldSince != nil
        request.isAccountTrial = accounts[account].pauseStep != nil
        request.isRenewed = request.isAccountTrial || accounts[account].isSuspect
        if request.isHoldTrial {
            projects[project].trialInFlight = true
            projects[project].nextTrial = now + Self.trialNanoseconds
        }
        if accounts[account].isGuarded {
            accounts[account].solo = request.ticket
            // Unless the answer says otherwise, a trial is repeated after a minute.
            accounts[account].nextTrial = now + 60_000_000_000
        }
        if index == requests.count {
            requests.append(request)
        } else {
            requests[index] = request
        }
        return index
    }
}

extension Schedule {
    private static let firstBackoff: Double = 500_000_000
    private static let longestBackoff: Double = 10_000_000_000

    /// Tells what became of an attempt. A ticket that is not known any more is ignored.
    public mutating func finish(_ ticket: Ticket, _ outcome: AttemptOutcome, now: Moment) -> [Action] {
        let index = Int(ticket.number & 0x3F_FFFF)
        guard index < requests.count, requests[index].ticket == ticket.number else { return [] }
        var actions: [Action] = []
        close(index, outcome, now.nanoseconds, &actions)
        return actions
    }

    /// A request is over: its slot is free, and its outcome counts for rate, hold, account and poll, in this order.
    mutating func close(_ index: Int, _ outcome: AttemptOutcome, _ now: Int64, _ actions: inout [Action]) {
        let request = requests[index]
        requests[index] = Request()
        freeRequests.append(Int32(index))
        guard request.lane >= 0 else {
            requestsInFlight -= 1
            pumpIfFull(now, &actions)
            return
        }
        let project = Int(lanes[Int(request.lane)].project)
        let account = Int(lanes[Int(request.lane)].account)
        releaseSlot(project)

        var failure: AttemptFailure?
        if case .failed(let reported) = outcome {
            failure = reported
        }
        if failure?.kind == .throttled {
            projects[project].control.refused(
                sentAt: request.sentAt, now: now, retryAfter: failure?.retryAfter?.wholeNanoseconds)
        } else if failure == nil || failure?.kind.isAnswer == true {
            projects[project].control.accepted()
        }
        noteReachability(project, request, failure?.kind, now, &actions)
        judgeCredential(account, request, Verdict(outcome), now, &actions)
        if request.poll >= 0 {
            closeAttempt(Int(request.poll), request, outcome, now, &actions)
        }
        markDirty(project)
        pumpDirty(now, &actions)
        pumpIfFull(now, &actions)
    }

    private mutating func pumpIfFull(_ now: Int64, _ actions: inout [Action]) {
        if isFull {
            pumpAll(now, &actions)
        }
    }

    private mutating func closeAttempt(
        _ poll: Int, _ request: Request, _ outcome: AttemptOutcome, _ now: Int64, _ actions: inout [Action]
    ) {
        polls[poll].request = -1
        guard case .failed(let failure) = outcome else {
            noteAnswer(Int(polls[poll].row), request, outcome, now)
            endPoll(poll, .answered, now, &actions)
            return
        }
        if request.kind == .switch {
            endPoll(poll, failure.kind == .cancelled ? .cancelled : .failed, now, &actions)
            noteSwitchFailure(request, Int(polls[poll].row), failure, &actions)
            return
        }
        if failure.kind == .cancelled {
            endPoll(poll, .cancelled, now, &actions)
            return
        }
        rows[Int(polls[poll].row)].flags.remove(.lastGood)
        if !retry(poll, request, failure, now) {
            endPoll(poll, .failed, now, &actions)
        }
    }

    /// Arranges a further try; false if none can help or none fits into the poll's time.
    private mutating func retry(_ poll: Int, _ request: Request, _ failure: AttemptFailure, _ now: Int64) -> Bool {
        let lane = Int(request.lane)
        let project = Int(lanes[lane].project)
        guard !request.isTrial, projects[project].heldSince == nil,
            accounts[Int(lanes[lane].account)].pauseStep == nil, polls[poll].deadline - now >= limits.shortestRetry
        else { return false }
        if failure.kind == .unauthorized || failure.kind == .tokenRefused {
            guard polls[poll].credentialRetries == 0 else { return false }
            polls[poll].credentialRetries = 1
            wait(poll, now)
            return true
        }
        let retries = polls[poll].attempts - 1 - polls[poll].credentialRetries
        guard failure.kind.isRetried, retries < limits.retries else { return false }
        // Full jitter: anything from nothing to the whole backoff.
        let backoff = min(Self.longestBackoff, Self.firstBackoff * Double(1 << min(10, Int(retries))))
        var at = now + Int64(Double.random(in: 0..<backoff, using: &random))
        if failure.kind == .throttled {
            at = max(at, projects[project].control.blockedUntil ?? .min)
        } else if let retryAfter = failure.retryAfter {
            at = max(at, now + min(retryAfter.wholeNanoseconds, polls[poll].deadline - now))
        }
        guard at + limits.shortestRetry <= polls[poll].deadline else { return false }
        polls[poll].phase = .backingOff
        polls[poll].wakeAt = at
        timers.add(.poll, poll, at: at)
        return true
    }

    /// The poll may send its next try as soon as there are slot and token.
    private mutating func wait(_ poll: Int, _ now: Int64) {
        let lane = Int(polls[poll].lane)
        countThrottleWait(Int(lanes[lane].project), now)
        polls[poll].phase = .waiting
        polls[poll].wakeAt = polls[poll].deadline
        timers.add(.poll, poll, at: polls[poll].deadline)
        lanes[lane].retries.append(Int32(poll))
        markDirty(Int(lanes[lane].project))
    }

    /// A poll's backoff or its whole time has passed.
    mutating func firePoll(_ poll: Int, _ millisecond: Int64, _ now: Int64, _ actions: inout [Action]) {
        guard poll < polls.count, timers.millisecond(polls[poll].wakeAt) == millisecond else { return }
        switch polls[poll].phase {
        case .free, .inFlight:
            return
        case .backingOff where polls[poll].deadline > now:
            wait(poll, now)
        case .backingOff, .waiting:
            endPoll(poll, .timedOut, now, &actions)
        }
    }

    /// Ends a poll that is not in flight any more, and sets when its row is due next.
    mutating func endPoll(_ index: Int, _ outcome: PollOutcome, _ now: Int64, _ actions: inout [Action]) {
        let poll = polls[index]
        if poll.phase == .waiting {
            countThrottleWait(Int(lanes[Int(poll.lane)].project), now)
            lanes[Int(poll.lane)].retries.filter { $0 != Int32(index) }
        }
        polls[index].phase = .free
        freePolls.append(Int32(index))
        let row = Int(poll.row)
        actions.append(
            .ended(
                PollEnd(
                    row: row, kind: poll.kind, took: .nanoseconds(now - poll.startedAt), attempts: Int(poll.attempts),
                    outcome: outcome)))
        switch poll.kind {
        case .state:
            rows[row].statePoll = -1
            setNextDue(row, sentAt: poll.startedAt, now: now)
        case .switch:
            rows[row].switchPoll = -1
            setNextSwitch(row, now: now)
        }
    }
}

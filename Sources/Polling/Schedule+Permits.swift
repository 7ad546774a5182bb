extension Schedule {
    /// A discovery request wants to be sent; ``Action/permit(_:)`` comes from a later ``advance(now:)`` when it may.
    /// After one that ended `unauthorized` the caller has the credential renewed before it sends the next.
    public mutating func requestPermit(_ id: Int, project: ProjectKey, account: AccountKey, now: Moment) {
        guard permits[id] == nil else { return }
        let lane = ensureLane(project, account)
        lanes[lane].hadPermits = true
        countThrottleWait(project, now.nanoseconds)
        lanes[lane].permits.append(id)
        permits[id] = Permit(lane: Int32(lane))
        wake(project, at: now.nanoseconds)
    }

    /// The request is not wanted any more; one that is under way gives back its slot.
    public mutating func cancelPermit(_ id: Int) {
        guard let permit = permits.removeValue(forKey: id) else { return }
        if permit.request >= 0 {
            // Whatever waits for the slot gets it with the next event.
            dropRequest(Int(permit.request))
        } else if permit.lane >= 0 {
            lanes[Int(permit.lane)].permits.removeAll { $0 == id }
        }
    }

    /// Tells what became of a discovery request. It counts for rate, hold and account like any other.
    public mutating func finishPermit(_ id: Int, _ outcome: AttemptOutcome, now: Moment) -> [Action] {
        guard let permit = permits.removeValue(forKey: id), permit.request >= 0 else {
            return []
        }
        var actions: [Action] = []
        close(Int(permit.request), outcome, now.nanoseconds, &actions)
        return actions
    }

    /// Frees the record and slot of a request whose outcome nobody will tell.
    mutating func dropRequest(_ index: Int) {
        let request = requests[index]
        requests[index] = Request()
        freeRequests.append(Int32(index))
        guard request.lane >= 0 else {
            requestsInFlight -= 1
            return
        }
        let project = Int(lanes[Int(request.lane)].project)
        let account = Int(lanes[Int(request.lane)].account)
        releaseSlot(project)
        if request.isHoldTrial {
            projects[project].trialInFlight = false
        }
        if accounts[account].solo == request.ticket {
            accounts[account].solo = 0
            let isPaused = accounts[account].pauseStep != nil
            timers.add(.account, account, at: isPaused ? accounts[account].nextTrial : request.sentAt)
        }
        wake(project, at: request.sentAt)
    }

    /// A request whose row has left was never heard of again.
    mutating func expireRequest(_ index: Int, _ now: Int64) {
        guard index < requests.count, requests[index].ticket != 0, requests[index].poll < 0,
            requests[index].expiresAt > 0, requests[index].expiresAt <= now
        else { return }
        dropRequest(index)
        isFull = true
    }
}

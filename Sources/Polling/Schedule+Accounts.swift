extension Schedule {
    /// What a request's outcome says about the credential that signed it.
    enum Verdict: Sendable {
        /// An answer that only a good credential gets.
        case accepted
        /// `unauthorized`.
        case refused
        /// The source of the credential refused to give one.
        case notIssued
        /// The network and an overloaded cloud say nothing about keys.
        case none

        init(_ outcome: AttemptOutcome) {
            switch outcome {
            case .answered: self = .accepted
            case .failed(let failure):
                switch failure.kind {
                case .permanent: self = .accepted
                case .unauthorized: self = .refused
                case .tokenRefused: self = .notIssued
                case .dns, .connect, .tls, .timeout, .unissued, .throttled, .server, .cancelled: self = .none
                }
            }
        }
    }

    /// Whether the account may send a state or discovery request now. One whose credential is in doubt sends one at a
    /// time, because the vendor locks a key after five failures; a paused one only when its trial is due.
    func allows(_ account: Int, _ now: Int64) -> Bool {
        guard accounts[account].isGuarded else { return true }
        guard accounts[account].solo == 0 else { return false }
        return accounts[account].pauseStep == nil || accounts[account].nextTrial <= now
    }

    /// The credential of the account was replaced: a pause ends at once, and the new one has to prove itself.
    public mutating func credentialsChanged(_ account: AccountKey, now: Moment) -> [Action] {
        guard account >= 0, account < accounts.count, accounts[account].isPresent else { return [] }
        var actions: [Action] = []
        let time = now.nanoseconds
        accounts[account].epoch += 1
        accounts[account].isProven = false
        accounts[account].isSuspect = false
        accounts[account].solo = 0
        resume(account, time, &actions)
        markAccountDirty(account)
        pumpDirty(time, &actions)
        return actions
    }

    mutating func judgeCredential(
        _ account: Int, _ request: Request, _ verdict: Verdict, _ now: Int64, _ actions: inout [Action]
    ) {
        let wasSolo = accounts[account].solo == request.ticket
        if wasSolo {
            accounts[account].solo = 0
            accounts[account].nextLane = (accounts[account].nextLane + 1) % max(1, accounts[account].lanes.count)
            markAccountDirty(account)
            if accounts[account].pauseStep != nil {
                timers.add(.account, account, at: accounts[account].nextTrial)
            }
        }
        guard request.credentialEpoch == accounts[account].epoch else { return }
        guard request.kind == .state else {
            // The switch pauses nothing, but a refusal is reason enough to send one request at a time.
            if verdict == .refused || verdict == .notIssued {
                accounts[account].isProven = false
            }
            return
        }
        switch verdict {
        case .none:
            return
        case .accepted:
            let wasGuarded = accounts[account].isGuarded
            accounts[account].isProven = true
            accounts[account].isSuspect = false
            resume(account, now, &actions)
            if wasGuarded {
                markAccountDirty(account)
            }
        case .refused where !request.isRenewed:
            accounts[account].isSuspect = true
            // What is under way was signed with the credential that is in doubt.
            accounts[account].epoch += 1
            markAccountDirty(account)
        case .refused, .notIssued:
            pause(account, now, &actions)
        }
    }

    private mutating func pause(_ account: Int, _ now: Int64, _ actions: inout [Action]) {
        let wasPaused = accounts[account].pauseStep != nil
        let step = min((accounts[account].pauseStep ?? -1) + 1, Account.trialMinutes.count - 1)
        let delay = Account.trialMinutes[step] * 60_000_000_000
        if !wasPaused {
            accounts[account].pausedSince = now
        }
        accounts[account].pauseStep = step
        accounts[account].isProven = false
        accounts[account].isSuspect = false
        accounts[account].epoch += 1
        accounts[account].nextTrial = now + delay
        timers.add(.account, account, at: now + delay)
        actions.append(.paused(account, nextTrial: .nanoseconds(delay)))
        if !wasPaused {
            endWaitingPolls(now, &actions) { lane in Int(lane.account) == account }
        }
    }

    private mutating func resume(_ account: Int, _ now: Int64, _ actions: inout [Action]) {
        guard accounts[account].pauseStep != nil else { return }
        accounts[account].pauseStep = nil
        accounts[account].openSince = now
        actions.append(.resumed(account, after: .nanoseconds(now - accounts[account].pausedSince)))
    }
}

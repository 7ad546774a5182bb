import Exposition
import FunctionGraph
import Polling
import Settings

/// What answers do to a function's record and its samples.
extension PollCore {
    mutating func attemptEnded(_ attempt: Attempt, generation: UInt32, _ report: AttemptReport, now: Moment) {
        guard let slot = rows[attempt.row], slot.generation == generation else {
            // The function left the list while its request was under way; the schedule only frees the place.
            perform(schedule.finish(attempt.ticket, report.outcome, now: now), now: now)
            return
        }
        if let credential = report.credential {
            let place = CredentialPlace(account: slot.account, project: slot.project)
            if lastCredentials.updateValue(credential, forKey: place) != credential,
                let account = accountKeys[slot.account].flatMap({ accounts[$0] }), !account.isStatic
            {
                // A new one has a new end.
                jobs.append(.upkeep(account))
            }
        }
        switch report.result {
        case .state(let answer): stateAnswered(attempt.row, answer)
        case .switch(let answer): switchAnswered(attempt.row, answer)
        case .failed(let failure):
            if failure.httpStatus == nil { unreachable[slot.project] = PollFailure(failure) }
            if attempt.kind == .state {
                rows.update(attempt.row) { slot, _ in slot.lastFailure = failure }
                if failure.reason == .unauthorized || failure.pausesAccount, let name = accountKeys[slot.account] {
                    accountFailures[name] = PollFailure(failure)
                }
            } else if failure.httpStatus != nil, failure.operation == .snapshotSwitch,
                rows[attempt.row]?.record?.lastSuccessUnixSeconds != nil, rows[attempt.row]?.record?.failure == nil
            {
                // Told once until one is answered, and only where the state of the same function is: what the network does,
                // or a function that is gone, is told of the states.
                let news = PollFailure(failure)
                if switchFailures.updateValue(news, forKey: slot.project)?.isSameTrouble(as: news) != true,
                    let id = projects[slot.project]
                {
                    log.switchFails(id, news)
                }
            }
        }
        perform(schedule.finish(attempt.ticket, report.outcome, now: now), now: now)
    }

    /// A good answer of the state call; its poll ends right after.
    private mutating func stateAnswered(_ row: RowKey, _ answer: SnapshotAnswer) {
        let unixSeconds = clock.unixSeconds()
        let moment = clock.moment()
        if answer.state == .unknown {
            metrics.exporter.countUnknownState()
            if unknownStatesLogged.count < 100, unknownStatesLogged.insert(answer.rawState).inserted,
                let record = rows[row]?.record
            {
                log.unknownState(record.watched.urn, rawState: answer.rawState)
            }
        }
        rows.update(row) { [metrics, log] slot, record in
            slot.lastFailure = nil
            let previous = record.lastKnownState
            let isChange = previous != nil && previous != answer.state
            if isChange {
                record.stateChanges += 1
                log.stateChanged(
                    record, to: answer.state, lastedSeconds: record.sinceMoment.map { (moment - $0).seconds })
            } else if previous == nil, !record.watched.expect.isEmpty, !record.watched.expect.contains(answer.state) {
                log.unexpectedAtFirstSight(record, answer.state)
            }
            if isChange || previous == nil {
                record.sinceUnixSeconds = unixSeconds
                record.sinceMoment = moment
                record.isSinceAtLeast = previous == nil
            }
            record.state = answer.state
            record.lastKnownState = answer.state
            record.rawState = answer.rawState
            record.code = answer.code
            metrics.functions.show(record, countChange: isChange)
        }
    }

    private mutating func switchAnswered(_ row: RowKey, _ answer: SwitchAnswer) {
        let unixSeconds = clock.unixSeconds()
        let moment = clock.moment()
        if let project = rows[row]?.project { switchFailures[project] = nil }
        if answer.value == nil, unknownSwitchesLogged.count < 100,
            unknownSwitchesLogged.insert(answer.rawText).inserted, let record = rows[row]?.record
        {
            log.unknownSwitch(record.watched.urn, rawText: answer.rawText)
        }
        rows.update(row) { [metrics] _, record in
            record.switchEnabled = answer.value
            record.switchAnsweredUnixSeconds = unixSeconds
            record.switchAnsweredMoment = moment
            metrics.functions.table.update { update in
                if let value = answer.value {
                    update.set(record.rowID, .switchEnabled, value ? 1 : 0)
                } else {
                    update.clear(record.rowID, .switchEnabled)
                }
            }
        }
    }

    /// A poll ended, good or not.
    mutating func pollEnded(_ end: PollEnd) {
        guard end.kind == .state, end.outcome != .cancelled else { return }
        let unixSeconds = clock.unixSeconds()
        let moment = clock.moment()
        let took = end.took.seconds
        metrics.pollDurations.observe(0, seconds: took)
        var isGone = false
        rows.update(end.row) { [metrics, log] slot, record in
            let failure = Self.failure(of: end, last: slot.lastFailure)
            record.tookSeconds = took
            record.lastPollUnixSeconds = unixSeconds
            record.blocked = nil
            metrics.functions.table.update { update in
                let row = record.rowID
                update.add(row, .polls, 1)
                update.set(row, .pollLast, unixSeconds)
                if let failure {
                    update.add(row, .pollFailures, 1)
                    update.set(row, .pollSuccess, 0)
                    update.setText(row, FunctionMetrics.Column.pollErrorInfo.rawValue, failure.reason.rawValue)
                } else {
                    update.set(row, .pollSuccess, 1)
                    update.set(row, .pollLastSuccess, unixSeconds)
                    update.clear(row, .pollErrorInfo)
                }
            }
            if let failure {
                log.pollFailed(record, failure, attempts: end.attempts)
                if record.failingSinceUnixSeconds == nil {
                    record.failingSinceUnixSeconds = unixSeconds
                    record.failingSinceMoment = moment
                }
                isGone = failure.reason == .notFound
            } else {
                if let since = record.failingSinceMoment, record.failure != nil {
                    log.pollRecovered(record, failedForSeconds: (moment - since).seconds)
                }
                record.failingSinceUnixSeconds = nil
                record.failingSinceMoment = nil
                record.lastSuccessUnixSeconds = unixSeconds
            }
            record.failure = failure
            slot.lastFailure = nil
        }
        // A function that is gone has no state; it is not merely late.
        if isGone { withdraw(end.row) }
    }

    private static func failure(of end: PollEnd, last: CloudFailure?) -> PollFailure? {
        switch end.outcome {
        case .answered, .cancelled:
            return nil
        case .failed:
            return last.map(PollFailure.init)
                ?? PollFailure(reason: .timeout, message: "the poll ended without an answer")
        case .timedOut:
            guard let last else {
                return PollFailure(reason: .timeout, message: "no answer within the poll's time")
            }
            var failure = PollFailure(last)
            failure.reason = .timeout
            failure.message = "the poll's time ended; last: \(last.reason.rawValue): \(last.message)"
            return failure
        }
    }

    /// Takes a function's state off the page: it is gone, or nobody has heard of it for too long.
    mutating func withdraw(_ row: RowKey) {
        rows.update(row) { [metrics] _, record in
            record.state = nil
            record.code = nil
            metrics.functions.table.update { update in
                for column in [FunctionMetrics.Column.state, .asExpected, .stateChangeTimestamp, .responseInfo] {
                    update.clear(record.rowID, column)
                }
            }
        }
    }
}

import Exposition
import FunctionGraph
import Polling

/// Holds of projects and pauses of accounts: what they do to the functions they keep back.
extension PollCore {
    mutating func held(_ project: ProjectKey, _ kind: FailureKind) {
        guard let id = projects[project] else { return }
        let failure = holdFailure(project, kind)
        log.projectHeld(id, failure)
        for row in rows.order where rows[row]?.project == project { block(row, .hold, failure) }
        publish(project)
    }

    /// Why a project is held, with what was heard last: a certificate to mend looks like no other trouble.
    private func holdFailure(_ project: ProjectKey, _ kind: FailureKind) -> PollFailure {
        let last = unreachable[project].flatMap { $0.reason == kind.reason ? $0 : nil }
        let cause = last?.askedInstead == nil ? "it cannot be reached" : "no credential can be had for it"
        var failure = PollFailure(
            reason: kind.reason, message: "project held: \(cause)" + (last.map { ": \($0.message)" } ?? ""))
        failure.askedInstead = last?.askedInstead
        return failure
    }

    mutating func released(_ project: ProjectKey, after: Duration) {
        guard let id = projects[project] else { return }
        log.projectReleased(id, after: after)
        unreachable[project] = nil
        for row in rows.order where rows[row]?.project == project { unblock(row, .hold) }
        publish(project)
    }

    mutating func paused(_ account: AccountKey, nextTrial: Duration) {
        guard let name = accountKeys[account] else { return }
        let failure =
            accountFailures[name]
            ?? PollFailure(reason: .unauthorized, message: "the account's credentials were refused")
        log.accountPaused(name, failure, nextTrial: nextTrial)
        metrics.accounts.set(name, paused: true)
        for row in rows.order where rows[row]?.account == account { block(row, .pause, failure) }
    }

    mutating func resumed(_ account: AccountKey, after: Duration) {
        guard let name = accountKeys[account] else { return }
        log.accountResumed(name, after: after)
        metrics.accounts.set(name, paused: false)
        accountFailures[name] = nil
        for row in rows.order where rows[row]?.account == account { unblock(row, .pause) }
    }

    mutating func switchEnded(_ project: ProjectKey) {
        guard let id = projects[project] else { return }
        projectsWithoutSwitch.insert(project)
        log.switchEnded(id)
    }

    /// A function that is asked for by another account now: what kept the old one back does not count any more.
    mutating func accountChanged(_ row: RowKey) {
        unblock(row, .pause)
        blockIfNeeded(row)
    }

    /// Shows a function of a held project or a paused account as kept back.
    mutating func blockIfNeeded(_ row: RowKey) {
        guard let slot = rows[row] else { return }
        if let account = schedule.accountStatus(slot.account), account.paused, let name = accountKeys[slot.account] {
            let failure =
                accountFailures[name]
                ?? PollFailure(reason: .unauthorized, message: "the account's credentials were refused")
            block(row, .pause, failure)
        } else if let project = schedule.projectStatus(slot.project), let cause = project.held {
            block(row, .hold, holdFailure(slot.project, cause.kind))
        }
    }

    private mutating func block(_ row: RowKey, _ blockage: Blockage, _ failure: PollFailure) {
        rows.update(row) { [metrics] _, record in
            // What kept it back first stays, a pause aside: that is what someone has to mend.
            guard record.blocked == nil || blockage == .pause else { return }
            record.blocked = blockage
            record.failure = failure
            metrics.functions.table.update { update in
                update.set(record.rowID, .pollSuccess, 0)
                update.setText(
                    record.rowID, FunctionMetrics.Column.pollErrorInfo.rawValue, failure.reason.rawValue)
            }
        }
    }

    private mutating func unblock(_ row: RowKey, _ blockage: Blockage) {
        guard rows[row]?.record?.blocked == blockage else { return }
        rows.update(row) { [metrics] _, record in
            record.blocked = nil
            // Before its first poll a function has nothing to say once nothing holds it back.
            guard record.lastPollUnixSeconds == nil else { return }
            record.failure = nil
            metrics.functions.table.update { update in
                update.clear(record.rowID, .pollSuccess)
                update.clear(record.rowID, .pollErrorInfo)
            }
        }
        // A hold may have begun during the pause, or the other way round.
        blockIfNeeded(row)
    }
}

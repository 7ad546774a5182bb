import FunctionGraph
import Logging
import Settings

/// What the poll loop tells the log. Nothing per poll at info: a record is written when something changes.
struct PollLog: Sendable {
    let logger: Logger

    /// The ids of the message catalogue; `journalctl -x` explains each.
    private enum MessageID {
        static let stateChanged = "9c8b7a6f5e4d4c3b8a291807f6e5d4c3"
        static let accountPaused = "5a7e9c1b3d5f4a2c8e0b1f2d3c4e5f60"
        static let projectHeld = "1d2e3f4a5b6c4d7e8f90a1b2c3d4e5f6"
    }

    func stateChanged(_ record: FunctionRecord, to state: SnapshotState, lastedSeconds: Double?) {
        var metadata: Logger.Metadata = [
            "function_urn": "\(record.watched.urn.canonical)",
            "snapshot_state": "\(state.rawValue)",
            "previous_state": "\(record.lastKnownState?.rawValue ?? "")",
            "message_id": "\(MessageID.stateChanged)",
        ]
        if let lastedSeconds { metadata["lasted_seconds"] = "\(lastedSeconds.rounded())" }
        let unexpected = !record.watched.expect.isEmpty && !record.watched.expect.contains(state)
        logger.log(level: unexpected ? .warning : .info, "snapshot state changed", metadata: metadata)
    }

    func unexpectedAtFirstSight(_ record: FunctionRecord, _ state: SnapshotState) {
        logger.warning(
            "snapshot state is not as expected",
            metadata: [
                "function_urn": "\(record.watched.urn.canonical)", "snapshot_state": "\(state.rawValue)",
                "expected": "\(record.watched.expect.map(\.rawValue).sorted().joined(separator: ","))",
            ])
    }

    func unknownState(_ urn: FunctionURN, rawState: String) {
        logger.warning(
            "the cloud answered a state that its documentation does not know",
            metadata: ["function_urn": "\(urn.canonical)", "raw_state": "\(rawState)"])
    }

    func unknownSwitch(_ urn: FunctionURN, rawText: String) {
        logger.warning(
            "the cloud's answer about the snapshot switch means neither on nor off",
            metadata: ["function_urn": "\(urn.canonical)", "answer": "\(rawText)"])
    }

    /// Nothing hangs on it, so it is no warning; but a series that stays away should have a reason somewhere.
    func switchFails(_ project: ProjectID, _ failure: PollFailure) {
        logger.info(
            "the snapshot switch is not answered here",
            metadata: metadata(failure).merging(metadata(project)) { first, _ in first })
    }

    func switchEnded(_ project: ProjectID) {
        logger.notice(
            "the cloud does not answer for the snapshot switch here; it is asked again after a reload",
            metadata: metadata(project))
    }

    func pollFailed(_ record: FunctionRecord, _ failure: PollFailure, attempts: Int) {
        let isNews = record.failure.map { !$0.isSameTrouble(as: failure) } ?? true
        var metadata = metadata(failure)
        metadata["function_urn"] = "\(record.watched.urn.canonical)"
        metadata["attempts"] = "\(attempts)"
        if let advice = failure.advice(for: record.watched.urn) { metadata["advice"] = "\(advice)" }
        logger.log(level: isNews ? .warning : .debug, "poll failed", metadata: metadata)
    }

    func pollRecovered(_ record: FunctionRecord, failedForSeconds: Double) {
        logger.info(
            "poll succeeds again",
            metadata: [
                "function_urn": "\(record.watched.urn.canonical)", "failed_seconds": "\(failedForSeconds.rounded())",
                "reason": "\(record.failure?.reason.rawValue ?? "")",
            ])
    }

    func projectHeld(_ project: ProjectID, _ failure: PollFailure) {
        var metadata = metadata(project)
        metadata["reason"] = "\(failure.reason.rawValue)"
        metadata["error"] = "\(failure.message)"
        metadata["message_id"] = "\(MessageID.projectHeld)"
        if let asked = failure.askedInstead { metadata["asked"] = "\(asked)" }
        logger.warning("project held; one trial each 30 s", metadata: metadata)
    }

    func projectReleased(_ project: ProjectID, after: Duration) {
        var metadata = metadata(project)
        metadata["held_seconds"] = "\(after.seconds.rounded())"
        logger.info("project answers again", metadata: metadata)
    }

    func accountPaused(_ account: String, _ failure: PollFailure, nextTrial: Duration) {
        var metadata = metadata(failure)
        metadata["account"] = "\(account)"
        metadata["next_trial_seconds"] = "\(nextTrial.seconds.rounded())"
        metadata["message_id"] = "\(MessageID.accountPaused)"
        if failure.isClockSkew { metadata["cause"] = "clock_skew" }
        logger.error(
            failure.isClockSkew
                ? "account paused: the cloud refuses its signatures because the clocks differ"
                : "account paused: its credentials were refused", metadata: metadata)
    }

    func accountResumed(_ account: String, after: Duration) {
        logger.notice(
            "account polls again",
            metadata: ["account": "\(account)", "paused_seconds": "\(after.seconds.rounded())"])
    }

    func secretReplaced(_ account: String) {
        logger.notice("the account's secret was replaced", metadata: ["account": "\(account)"])
    }

    func renewalFailed(_ account: String, _ failure: PollFailure) {
        var metadata = metadata(failure)
        metadata["account"] = "\(account)"
        logger.warning("credentials could not be renewed; what is left of the old ones is used", metadata: metadata)
    }

    func overloaded(
        _ project: ProjectID, functions: Int, slowed: Int, rate: Double, turn: Duration, demand: Double
    ) {
        var metadata = metadata(project)
        metadata["functions"] = "\(functions)"
        metadata["slowed_functions"] = "\(slowed)"
        metadata["wanted_per_second"] = "\((demand * 10).rounded() / 10)"
        metadata["requests_per_second"] = "\(rate)"
        metadata["turn_seconds"] = "\(turn.seconds.rounded())"
        logger.warning(
            "the rate cannot serve the configured intervals: functions are polled once a turn instead",
            metadata: metadata)
    }

    func functionsIgnored(_ urns: [FunctionURN], limit: Int) {
        logger.warning(
            "functions left out: the limit is reached",
            metadata: [
                "ignored": "\(urns.count)", "limit": "\(limit)", "first": "\(urns.first?.canonical ?? "")",
            ])
    }

    func nothingWatched(_ shard: ShardID) {
        logger.warning("there is nothing to poll: \(shard.emptiness)")
    }

    func listingFailed(_ project: ProjectID, _ failure: PollFailure, again: Duration) {
        var metadata = metadata(failure).merging(metadata(project)) { first, _ in first }
        metadata["retry_seconds"] = "\(again.seconds.rounded())"
        logger.warning("discovery failed; the functions found before stay", metadata: metadata)
    }

    func listed(_ project: ProjectID, functions: Int, changed: Bool) {
        var metadata = metadata(project)
        metadata["functions"] = "\(functions)"
        logger.log(level: changed ? .info : .debug, "discovery listed the project", metadata: metadata)
    }

    private func metadata(_ project: ProjectID) -> Logger.Metadata {
        ["region": "\(project.region)", "project": "\(project.project)"]
    }

    private func metadata(_ failure: PollFailure) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["reason": "\(failure.reason.rawValue)", "error": "\(failure.message)"]
        if let status = failure.httpStatus { metadata["http_status"] = "\(status)" }
        if let code = failure.errorCode { metadata["error_code"] = "\(code)" }
        if let id = failure.requestID { metadata["request_id"] = "\(id)" }
        if let asked = failure.askedInstead { metadata["asked"] = "\(asked)" }
        return metadata
    }
}

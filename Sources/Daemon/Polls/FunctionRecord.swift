import Exposition
import FunctionGraph
import Polling
import Settings

/// All that is known of one watched function. The poll loop owns it; the pages are handed copies.
struct FunctionRecord: Sendable {
    /// What the watch list says of it.
    var watched: WatchedFunction
    /// Its row in the metrics table.
    let rowID: RowID
    /// The state as last answered; `nil` before the first good poll and while it is withdrawn.
    var state: SnapshotState?
    /// The state last known, also across a withdrawal: changes are counted against it.
    var lastKnownState: SnapshotState?
    /// The state as the cloud wrote it, at most 64 printable characters.
    var rawState: String?
    /// The code that came with it.
    var code: String?
    /// When this process first saw ``lastKnownState``, Unix time in seconds.
    var sinceUnixSeconds: Double?
    /// The same moment by a clock that nobody sets, for how long it lasted.
    var sinceMoment: Moment?
    /// Whether the state may be older than that: nothing before it was seen by this process.
    var isSinceAtLeast = true
    /// Whether snapshot cold start is switched on; `nil` while nobody knows.
    var switchEnabled: Bool?
    /// Unix time in seconds of the last good answer of the switch.
    var switchAnsweredUnixSeconds: Double?
    /// The same moment by a clock that nobody sets.
    var switchAnsweredMoment: Moment?
    /// End of the last poll, Unix time in seconds.
    var lastPollUnixSeconds: Double?
    /// End of the last poll that got a state.
    var lastSuccessUnixSeconds: Double?
    /// How long the last poll took.
    var tookSeconds: Double?
    /// Why the last poll got no state, or what keeps polls back; `nil` after a good one.
    var failure: PollFailure?
    /// Since when polls fail, Unix time in seconds.
    var failingSinceUnixSeconds: Double?
    /// The same moment by a clock that nobody sets.
    var failingSinceMoment: Moment?
    /// What keeps polls back just now.
    var blocked: Blockage?
    /// Time between two polls, in seconds, as it really is.
    var effectiveIntervalSeconds: Double = 0
    /// Changes of state seen.
    var stateChanges = 0

    /// Whether the state is as it should be; `nil` without a state or an expectation.
    var isAsExpected: Bool? {
        guard let state, !watched.expect.isEmpty else { return nil }
        return watched.expect.contains(state)
    }
}

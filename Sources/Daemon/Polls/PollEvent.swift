import FunctionGraph
import Polling
import Settings

/// What arrives in the poll loop's mailbox.
enum PollEvent: Sendable {
    /// The time the schedule asked to be woken at, or the housekeeping of each second.
    case tick
    /// A request came back.
    case attemptEnded(Attempt, generation: UInt32, AttemptReport)
    /// A new configuration, checked whole.
    case configure(PollPlan, CheckedContinuation<Void, Never>)
    /// Replaced secrets: polls of these accounts go on at once.
    case accountsReplaced([AccountRuntime])
    /// Someone wants to see everything.
    case status(CheckedContinuation<PollStatus?, Never>)
    /// The watchdog asks whether the loop still turns.
    case probe(OneReply<Bool>)
    /// The numbers of `STATUS=`.
    case summary(CheckedContinuation<PollSummary?, Never>)
    /// A discovery request wants to be sent.
    case permitWanted(PermitRequest)
    /// A discovery request is no longer wanted.
    case permitCancelled(Int)
    /// A discovery request came back.
    case permitEnded(Int, AttemptOutcome)
    /// The first listing of an entry goes on and has found these.
    case listingFound(DiscoverySettings, [FunctionURN])
    /// A listing ended.
    case listingEnded(DiscoverySettings, Result<[FunctionURN], CloudFailure>)
    /// Credentials were looked after.
    case maintained(account: String, CredentialUpkeep)
}

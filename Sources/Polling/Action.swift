/// What the schedule wants done, or tells.
public enum Action: Sendable, Equatable {
    /// Send this request.
    case attempt(Attempt)
    /// A poll is over.
    case ended(PollEnd)
    /// No good answer for so long that the last known state of the row is to be withdrawn. Told once until the next.
    case stale(RowKey)
    /// The discovery request with this number may be sent.
    case permit(Int)
    /// The project cannot be reached; only trials are sent until one is answered.
    case held(ProjectKey, FailureKind)
    /// The project has answered again, so long after it was held.
    case released(ProjectKey, after: Duration)
    /// The credential was refused: nothing is sent but a trial after this time. Told again after each trial that
    /// failed, with the time to the next.
    case paused(AccountKey, nextTrial: Duration)
    /// A trial was accepted or the credential was replaced, so long after the account was paused.
    case resumed(AccountKey, after: Duration)
    /// The project does not know the switch; it is not asked for any more until ``Schedule/resetSwitch(now:)``.
    case switchEnded(ProjectKey)
}

/// What became of one request.
public enum AttemptOutcome: Sendable, Equatable {
    /// A good answer; `creating`: the snapshot is being made (always false for the switch and for discovery).
    case answered(creating: Bool)
    /// No good answer.
    case failed(AttemptFailure)
}

/// Why and since when a project is held.
public struct HoldCause: Sendable, Equatable {
    /// The failure that filled the measure.
    public let kind: FailureKind
    /// When the hold began.
    public let since: Moment
    /// The earliest moment of the next trial.
    public let nextTrial: Moment
}

/// Everything that is to be polled, and how. A plan replaces the one before as a whole.
public struct Plan: Sendable, Equatable {
    /// What holds for every row.
    public var policy: PollingPolicy
    /// The watched functions. Their order is the order of their polls within an interval.
    public var rows: [RowPlan]
    /// Projects in which functions are discovered: a fifth of their rate is set aside for that.
    public var discovered: Set<ProjectKey>

    /// A plan; each row number occurs once.
    public init(policy: PollingPolicy, rows: [RowPlan], discovered: Set<ProjectKey>) {
        self.policy = policy
        self.rows = rows
        self.discovered = discovered
    }
}

/// One watched function as the schedule sees it.
public struct RowPlan: Sendable, Equatable {
    /// Its number.
    public var row: RowKey
    /// The project (in a region) whose limits it shares.
    public var project: ProjectKey
    /// The account that asks for it.
    public var account: AccountKey
    /// The configured interval; above 0.
    public var interval: Duration

    /// A row of a plan.
    public init(row: RowKey, project: ProjectKey, account: AccountKey, interval: Duration) {
        self.row = row
        self.project = project
        self.account = account
        self.interval = interval
    }
}

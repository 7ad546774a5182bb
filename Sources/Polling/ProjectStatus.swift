/// A project's limits and load, for metrics, the status page and the warning about a list that is too long.
public struct ProjectStatus: Sendable, Equatable {
    /// Requests a second that are allowed at this moment; the configured rate unless the cloud throttles.
    public let requestsPerSecond: Double
    /// Set while the project cannot be reached.
    public let held: HoldCause?
    /// Time that requests have waited for the rate or for `Retry-After`, summed over all of them.
    public let throttleWait: Duration
    /// Requests a second that ``effectiveTurn`` counts with: the configured rate, or slowly following and in steps what a
    /// cloud that throttles lets through.
    public let servedPerSecond: Double
    /// Requests that wait to be sent.
    public let waiting: Int
    /// Requests under way.
    public let inFlight: Int
    /// The time of one fair turn; zero where the rate serves every row at its configured interval.
    public let effectiveTurn: Duration
    /// Requests a second that the configured intervals ask for, those for the switch included.
    public let demandPerSecond: Double
}

/// The settings that hold for every row of a plan (`poll` and `limits` of the configuration).
public struct PollingPolicy: Sendable, Equatable {
    /// The longest that one request may take, connection included.
    public var timeout: Duration
    /// Further tries within one poll, only where a retry can help; 0 or more.
    public var retries: Int
    /// How often a row is polled while its snapshot is being made; cut to the row's interval.
    public var creatingInterval: Duration
    /// How often the switch is asked for; `nil`: never.
    public var switchInterval: Duration?
    /// Effective intervals without a good answer, and at least 5 minutes, after which a state is stale.
    public var staleAfter: Int
    /// Requests a second per project, already divided by the number of shards; above 0.
    public var requestsPerSecond: Double
    /// Requests under way at once per project; 1 or more.
    public var maxInFlight: Int
    /// Requests under way at once over all projects; 1 or more.
    public var maxInFlightTotal: Int

    /// A policy. Ranges are those of the properties; the configuration checks them.
    public init(
        timeout: Duration, retries: Int, creatingInterval: Duration, switchInterval: Duration?, staleAfter: Int,
        requestsPerSecond: Double, maxInFlight: Int, maxInFlightTotal: Int = 256
    ) {
        self.timeout = timeout
        self.retries = retries
        self.creatingInterval = creatingInterval
        self.switchInterval = switchInterval
        self.staleAfter = staleAfter
        self.requestsPerSecond = requestsPerSecond
        self.maxInFlight = maxInFlight
        self.maxInFlightTotal = maxInFlightTotal
    }
}

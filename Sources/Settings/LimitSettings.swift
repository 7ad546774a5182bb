/// How much the daemon asks of the cloud and of itself.
public struct LimitSettings: Sendable, Equatable {
    /// Requests a second per region and project: a token bucket with a burst of one second.
    public var requestsPerSecond: Double = 10
    /// Requests under way at once per region and project.
    public var maxInFlight: Int = 32
    /// Functions watched at most; discovered ones are left out first.
    public var functions: Int = 20_000

    /// The defaults.
    public init() {}
}

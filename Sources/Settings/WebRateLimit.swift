/// `rate_limit` of a web configuration: a token bucket.
public struct WebRateLimit: Sendable, Equatable {
    /// How many requests may come at once; 0 lets none through, as in exporter-toolkit.
    public var burst: Int
    /// The time after which one more request may come; above zero.
    public var interval: Duration

    /// A token bucket.
    public init(burst: Int, interval: Duration) {
        self.burst = burst
        self.interval = interval
    }
}

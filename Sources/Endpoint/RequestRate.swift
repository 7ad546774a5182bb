/// How often a client may ask: exporter-toolkit's `rate_limit`.
public struct RequestRate: Sendable, Hashable {
    /// The time in which one more request is allowed; zero turns the limit off.
    public let interval: Duration
    /// Requests that may come at once. Zero allows none at all, as in exporter-toolkit.
    public let burst: Int

    /// - Parameters:
    ///   - interval: the time between two requests.
    ///   - burst: 0 or more.
    public init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}

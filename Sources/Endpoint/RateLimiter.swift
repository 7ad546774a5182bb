internal import NIOCore

/// exporter-toolkit's `rate_limit`: a token bucket over all requests that need a password.
struct RateLimiter {
    let rate: RequestRate
    private var tokens: Double
    private var filled: NIODeadline

    init(_ rate: RequestRate, now: NIODeadline) {
        self.rate = rate
        tokens = Double(rate.burst)
        filled = now
    }

    /// Takes a token where there is one.
    mutating func admits(now: NIODeadline) -> Bool {
        let interval = rate.interval / .nanoseconds(1)
        guard interval > 0 else { return true }
        if now > filled {
            tokens = min(Double(rate.burst), tokens + Double((now - filled).nanoseconds) / interval)
            filled = now
        }
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}

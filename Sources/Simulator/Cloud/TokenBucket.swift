/// The gateway's limit for one project: so many calls a second, with a burst of one second.
struct TokenBucket: Sendable {
    private var tokens: Double
    private var filledNanoseconds: Int64

    init(ratePerSecond: Double, nowNanoseconds: Int64) {
        tokens = max(ratePerSecond, 1)
        filledNanoseconds = nowNanoseconds
    }

    /// Takes one token; false: there is none.
    mutating func take(ratePerSecond: Double, nowNanoseconds: Int64) -> Bool {
        let gained = Double(nowNanoseconds - filledNanoseconds) * ratePerSecond / 1e9
        tokens = min(tokens + max(gained, 0), max(ratePerSecond, 1))
        filledNanoseconds = nowNanoseconds
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}

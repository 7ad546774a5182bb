/// A token bucket that holds next to nothing: requests go out evenly, never closer than the rate allows, whatever they
/// saved up. The contract's burst of a second is an upper bound that this stays below on purpose: a cloud that counts
/// by the calendar second, or allows no burst at all, refuses a burst though the average is kept.
struct Pacer: Sendable {
    /// The moment from which on the next request may be sent.
    private(set) var nextAt: Int64 = .min

    /// Takes a token at `now`, which is not before ``nextAt``. `slack` is the lateness that may be made up.
    mutating func take(_ now: Int64, rate: Double, slack: Int64) {
        nextAt = max(now - slack, nextAt) + Int64(1e9 / rate)
    }

    mutating func block(until moment: Int64) {
        nextAt = max(nextAt, moment)
    }
}

/// What a throttling cloud has let through lately, as the arithmetic of turns counts it: a value that follows slowly,
/// so that a short throttle changes no interval, and in steps, so that a steady one does not make them flicker.
struct ServedRate: Sendable {
    /// How long the smoothed rate takes to follow most of the way.
    private static let followSeconds = 45.0
    /// From this part of the maximum on the cloud counts as not throttling.
    private static let whole = 0.95
    /// What counts is set a little above the smoothed rate: a turn that is somewhat too short still uses all of the
    /// rate, one that is too long would not.
    private static let above = 1.06
    /// What counts is lowered when the smoothed rate has fallen to this part of it; from the whole to that part.
    private static let below = 0.86
    private static let belowWhole = 0.7

    /// The rate that counts; `nil`: all that is configured.
    private(set) var counted: Double?
    private var smoothed: Double?
    private var seenAt: Int64?
    private var seenAccepted: UInt64 = 0

    /// Takes note of the time since the last call.
    /// - Parameters:
    ///   - accepted: requests that were not refused with 429, since the beginning.
    ///   - demand: what is asked for without throttling: what lies between it and the maximum is nobody's.
    ///   - allowed: the rate at which requests are sent at this moment; below `maximum` only while throttled.
    ///   - isBacklogged: whether requests wait, so that what was accepted is all that the cloud accepts.
    /// - Returns: whether ``counted`` changed.
    mutating func follow(
        accepted: UInt64, demand: Double, allowed: Double, maximum: Double, isBacklogged: Bool, now: Int64
    ) -> Bool {
        let before = counted
        let seconds = Double(now - (seenAt ?? now)) / 1e9
        let answered = Double(accepted &- seenAccepted)
        seenAt = now
        seenAccepted = accepted
        guard seconds > 0, smoothed != nil || allowed < maximum else { return false }
        let sample = isBacklogged && allowed < maximum ? min(maximum, answered / seconds) : allowed
        let full = min(maximum, demand)
        let last = min(maximum, smoothed ?? full)
        let new = last + (sample - last) * seconds / (Self.followSeconds + seconds)
        let current = min(full, counted ?? full)
        if new >= Self.whole * full {
            smoothed = allowed < maximum ? new : nil
            counted = nil
            return before != nil
        }
        smoothed = new
        if new > current || new < (counted == nil ? Self.belowWhole : Self.below) * current {
            counted = min(maximum, Self.above * new)
        }
        return counted != before
    }

    /// The time since the last call tells nothing: nothing could be sent.
    mutating func skip(accepted: UInt64, now: Int64) {
        seenAt = now
        seenAccepted = accepted
    }
}

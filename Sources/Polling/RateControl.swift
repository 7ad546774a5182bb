/// How many requests a second the cloud seems to allow a project: additive increase, multiplicative decrease between
/// 0.5/s and the configured rate. The increase follows CUBIC's curve (RFC 9438 §4.2): quick while far below the rate at
/// which the cloud last refused, slow near it, quick again once it is passed without a refusal. So a steady ceiling is
/// used almost whole and refuses rarely, and a ceiling that rises is found again in minutes.
struct RateControl: Sendable {
    /// Seconds until the curve has come back to the remembered ceiling.
    private static let recoverySeconds = 20.0
    /// Clouds count by the second, so a second that is full refuses everything until it ends. Refusals of requests sent
    /// within a second of a decrease tell nothing new.
    private static let graceNanoseconds: Int64 = 1_000_000_000
    /// A refusal so soon after a decrease says that the rate is still far off.
    private static let repeatNanoseconds: Int64 = 5_000_000_000
    /// An hour; a cloud that asks for more is asked again then.
    private static let longestRetryAfter: Int64 = 3_600_000_000_000

    private(set) var maximum: Double
    private var minimum: Double { min(0.5, maximum) }
    private var isLimited = false
    private var rateAfterDecrease = 0.0
    private var ceiling = 0.0
    private var decreasedAt: Int64?
    private var acceptedSinceDecrease = 0
    /// Requests that were not refused, since the beginning.
    private(set) var acceptedTotal: UInt64 = 0
    /// Nothing is sent before this moment.
    private(set) var blockedUntil: Int64?

    init(maximum: Double) {
        self.maximum = maximum
    }

    mutating func setMaximum(_ new: Double) {
        maximum = new
    }

    /// The rate at this moment.
    mutating func rate(_ now: Int64) -> Double {
        guard isLimited else { return maximum }
        let current = curve(now)
        guard current < maximum else {
            isLimited = false
            return maximum
        }
        return current
    }

    /// The rate at this moment, without taking note that the maximum is reached.
    func currentRate(_ now: Int64) -> Double {
        isLimited ? min(maximum, curve(now)) : maximum
    }

    /// Whether the cloud has refused requests of late: the rate is below the configured one, or nothing is sent at all.
    func isThrottled(_ now: Int64) -> Bool {
        currentRate(now) < maximum || (blockedUntil ?? .min) > now
    }

    private func curve(_ now: Int64) -> Double {
        let begin = max(decreasedAt ?? now, blockedUntil ?? .min)
        let seconds = Double(max(0, now - begin)) / 1e9
        let distance = seconds / Self.recoverySeconds - 1
        let height = max(ceiling - rateAfterDecrease, 0.05 * ceiling, 0.002 * maximum)
        return max(minimum, rateAfterDecrease, ceiling + height * distance * distance * distance)
    }

    mutating func accepted() {
        acceptedSinceDecrease &+= 1
        acceptedTotal &+= 1
    }

    /// A request sent at `sentAt` was refused with 429.
    mutating func refused(sentAt: Int64, now: Int64, retryAfter: Int64?) {
        let begin = max(decreasedAt ?? .min, blockedUntil ?? .min)
        let before = rate(now)
        if let retryAfter, retryAfter > 0 {
            blockedUntil = max(blockedUntil ?? .min, now + min(retryAfter, Self.longestRetryAfter))
        }
        if let decreasedAt, sentAt < decreasedAt + Self.graceNanoseconds {
            return
        }
        if begin != .min, sentAt - begin < Self.repeatNanoseconds {
            // Still far above: what was accepted meanwhile says how far.
            let seconds = max(0.5, Double(now - begin) / 1e9)
            let delivered = Double(acceptedSinceDecrease) / seconds
            rateAfterDecrease = max(0.7 * before, min(0.9 * before, 0.95 * delivered))
            ceiling = max(1.03 * rateAfterDecrease, min(0.98 * delivered, 0.95 * before))
        } else {
            rateAfterDecrease = 0.9 * before
            ceiling = 0.98 * before
        }
        rateAfterDecrease = max(minimum, rateAfterDecrease)
        ceiling = max(rateAfterDecrease, ceiling)
        isLimited = true
        decreasedAt = now
        acceptedSinceDecrease = 0
    }
}

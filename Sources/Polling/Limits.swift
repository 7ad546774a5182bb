/// The policy in the room's own unit, so that no fire converts a `Duration`.
struct Limits: Sendable {
    var timeout: Int64
    /// A further try that has less time than this is not sent: it would only time out.
    var shortestRetry: Int64
    var retries: Int32
    var creatingInterval: Int64
    var switchInterval: Int64?
    var staleAfter: Int64
    var requestsPerSecond: Double
    var maxInFlight: Int
    var maxInFlightTotal: Int

    init(_ policy: PollingPolicy) {
        timeout = max(1_000_000, policy.timeout.wholeNanoseconds)
        shortestRetry = min(1_000_000_000, timeout / 10)
        retries = Int32(clamping: max(0, policy.retries))
        creatingInterval = max(1_000_000, policy.creatingInterval.wholeNanoseconds)
        switchInterval = policy.switchInterval.map { max(1_000_000, $0.wholeNanoseconds) }
        staleAfter = Int64(max(1, policy.staleAfter))
        requestsPerSecond = max(0.001, policy.requestsPerSecond)
        maxInFlight = max(1, policy.maxInFlight)
        maxInFlightTotal = max(1, policy.maxInFlightTotal)
    }
}

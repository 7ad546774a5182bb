/// The gateway's limits.
struct LimitSettings: Sendable, Equatable {
    /// Calls allowed per project and second, with a burst of one second; 0: no limit.
    var requestsPerSecond = 0.0
    /// Sent as `Retry-After` in whole seconds; zero: not sent, as the vendor documents none.
    var retryAfter: Duration = .zero
    /// Successive failures after which an access key is locked; 0: never.
    var keyLockAfter = 5
    var keyLockFor: Duration = .seconds(300)
}

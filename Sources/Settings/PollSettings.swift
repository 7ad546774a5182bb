/// How functions are polled.
public struct PollSettings: Sendable, Equatable {
    /// How often a function is polled where nothing nearer says otherwise; 5 s to 1 d.
    public var interval: Duration = .seconds(60)
    /// How often while its snapshot is being made; the poller cuts it to the function's interval.
    public var creatingInterval: Duration = .seconds(10)
    /// The time of one request, connection included.
    public var timeout: Duration = .seconds(10)
    /// Further tries within one poll, only where a retry can help.
    public var retries: Int = 2
    /// Effective intervals without a good answer (and at least 5 m) after which the last known state is withdrawn.
    public var staleAfter: Int = 5
    /// Whether the snapshot switch is asked as well.
    public var switchPolled: Bool = true
    /// How often the switch is asked.
    public var switchInterval: Duration = .seconds(600)

    /// The defaults.
    public init() {}
}

public import FunctionGraph

/// A function to be watched, with everything resolved: what its entry leaves out comes from the defaults.
public struct WatchedFunction: Sendable, Equatable {
    /// The function.
    public var urn: FunctionURN
    /// How often it is polled; 5 s to 1 d.
    public var interval: Duration
    /// The states that are as they should be; empty: no expectation.
    public var expect: Set<SnapshotState>
    /// The watch list's labels; a name that is absent is empty.
    public var labels: [String: String]
    /// The name of the account that asks.
    public var account: String
    /// Where it comes from.
    public var source: WatchSource

    /// A function to be watched.
    public init(
        urn: FunctionURN, interval: Duration, expect: Set<SnapshotState>, labels: [String: String], account: String,
        source: WatchSource
    ) {
        self.urn = urn
        self.interval = interval
        self.expect = expect
        self.labels = labels
        self.account = account
        self.source = source
    }
}

public import FunctionGraph

/// What a listed function is where its entry says nothing: `watch.defaults`, then `poll`.
public struct EntryDefaults: Sendable, Equatable {
    /// How often it is polled; 5 s to 1 d.
    public var interval: Duration = .seconds(60)
    /// The states that are as they should be; empty: no expectation.
    public var expect: Set<SnapshotState> = [.enable, .creating]
    /// The labels that every listed function has.
    public var labels: [String: String] = [:]

    /// What counts where nothing is said at all.
    public init() {}
}

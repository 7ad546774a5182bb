/// What is watched.
public struct WatchSettings: Sendable, Equatable {
    /// Listed functions: inline ones, then those of the files by path; each function stands once.
    public var functions: [WatchedFunction] = []
    /// What the cloud is asked to list.
    public var discoveries: [DiscoverySettings] = []
    /// What a listed function is where its entry says nothing.
    public var defaults = EntryDefaults()
    /// Names of all labels that anything watched has, sorted: every function carries the same set.
    public var labelNames: [String] = []
    /// Paths and patterns of watch files as configured.
    public var files: [String] = []

    /// Nothing.
    public init() {}
}

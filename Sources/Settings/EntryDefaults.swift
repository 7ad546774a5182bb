import FunctionGraph

/// What an entry inherits where it says nothing itself.
struct EntryDefaults {
    var interval: Duration
    var expect: Set<SnapshotState>
    var labels: [String: String] = [:]

    /// What a listed function is expected to be where nothing else is said.
    static let listedExpect: Set<SnapshotState> = [.enable, .creating]
}

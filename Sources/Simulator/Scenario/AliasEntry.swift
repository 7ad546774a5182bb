import YAML

/// A name for a version, which can send a part of the calls to a second one.
struct AliasEntry: Sendable, Equatable {
    let name: String
    let version: String
    /// Percent of the calls by further version.
    let weights: [Weight]
    /// Where the version stands in the scenario.
    let mark: Mark

    struct Weight: Sendable, Equatable {
        let version: String
        let percent: Int
        let mark: Mark
    }
}

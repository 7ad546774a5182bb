import FunctionGraph
import Settings

/// The functions this process polls: what the configuration lists and discovery found, less what other shards
/// poll and what the limit leaves out.
struct WatchList: Sendable, Equatable {
    /// In the order of their rows: listed ones as listed, then discovered ones by URN.
    let functions: [WatchedFunction]
    /// Functions that `limits.functions` left out.
    let ignored: [FunctionURN]

    /// - Parameters:
    ///   - configuration: What is in force.
    ///   - discovered: What each discovery found, in the order of the configuration.
    ///   - shard: This process's share.
    init(
        _ configuration: Configuration, discovered: [(settings: DiscoverySettings, urns: [FunctionURN])], shard: ShardID
    ) {
        var known: Set<FunctionURN> = []
        var functions: [WatchedFunction] = []
        for function in configuration.watch.functions
        where shard.owns(function.urn) && known.insert(function.urn).inserted {
            functions.append(function)
        }
        var found: [WatchedFunction] = []
        for (settings, urns) in discovered {
            for urn in urns where shard.owns(urn) && known.insert(urn).inserted {
                found.append(settings.watched(urn))
            }
        }
        found.sort { $0.urn < $1.urn }
        functions += found
        let limit = configuration.limits.functions
        ignored = functions.count > limit ? functions[limit...].map(\.urn) : []
        self.functions = Array(functions.prefix(limit))
    }
}

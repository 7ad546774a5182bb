/// The flags the pages need to know.
struct WebOptions: Sendable {
    /// Where the metrics are.
    let telemetryPath: String
    /// Scrapes served at once.
    let maxRequests: Int
    /// Whether `POST /-/reload` is allowed.
    let isLifecycleEnabled: Bool
    let version: BuildVersion
    let shard: ShardID
    /// Unix time in seconds of the start.
    let startedUnixSeconds: Double
}

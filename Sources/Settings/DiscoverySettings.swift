public import FunctionGraph

/// Functions of a project that are found by asking the cloud.
public struct DiscoverySettings: Sendable, Hashable {
    /// The name of the account that asks.
    public var account: String
    /// The region.
    public var region: String
    /// The project id.
    public var project: String
    /// Glob on the package.
    public var package: String = "*"
    /// Glob on the name.
    public var name: String = "*"
    /// Glob on the runtime: only Java functions have snapshots.
    public var runtime: String = "Java*"
    /// Which versions are watched.
    public var versions: DiscoveredVersions = .latestPublished
    /// How often the cloud is asked for the list.
    public var listInterval: Duration = .seconds(600)
    /// How often a function found is polled; 5 s to 1 d.
    public var interval: Duration = .seconds(60)
    /// The states that are as they should be; empty, as is the default: no expectation.
    public var expect: Set<SnapshotState> = []
    /// Labels of the functions found.
    public var labels: [String: String] = [:]

    /// Everything of a project, by an account.
    public init(account: String, region: String, project: String) {
        self.account = account
        self.region = region
        self.project = project
    }

    /// A function that was found, with these settings.
    public func watched(_ urn: FunctionURN) -> WatchedFunction {
        WatchedFunction(
            urn: urn, interval: interval, expect: expect, labels: labels, account: account, source: .discovery)
    }
}

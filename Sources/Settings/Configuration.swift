public import FunctionGraph

/// A configuration that was read and checked whole.
public struct Configuration: Sendable, Equatable {
    /// How functions are polled.
    public var poll = PollSettings()
    /// How much is asked of the cloud.
    public var limits = LimitSettings()
    /// Who asks; at least one.
    public var accounts: [AccountSettings] = [.standard]
    /// Where the cloud is.
    public var endpoints = EndpointSettings()
    /// TLS towards the cloud.
    public var tls = TLSSettings()
    /// The proxy of the configuration file; nil: as the environment says, `ProxySettings.fromEnvironment`.
    public var proxy: ProxySettings?
    /// What is watched.
    public var watch = WatchSettings()

    /// The defaults, and nothing watched.
    public init() {}

    /// The account that answers for a project: the one that names it, else the one that names none.
    ///
    /// With `named`, the answer is nil unless it is the account of that name.
    public func account(forProject project: String, named: String?) -> AccountSettings? {
        let naming = accounts.first { $0.projects?.contains(project) ?? false }
        guard let account = naming ?? accounts.first(where: { $0.projects == nil }) else { return nil }
        return named == nil || named == account.name ? account : nil
    }

    /// A function as the watch list has it or, where it is not listed, as an entry of its URN alone would have it; nil
    /// if no account answers for its project.
    public func listed(_ urn: FunctionURN) -> WatchedFunction? {
        if let listed = watch.functions.first(where: { $0.urn == urn }) { return listed }
        guard let account = account(forProject: urn.project, named: nil) else { return nil }
        return WatchedFunction(
            urn: urn, interval: watch.defaults.interval, expect: watch.defaults.expect, labels: watch.defaults.labels,
            account: account.name, source: .list)
    }
}

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
}

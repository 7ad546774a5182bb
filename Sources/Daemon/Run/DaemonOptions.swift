public import Endpoint

/// What the command line and the environment say of `serve`.
public struct DaemonOptions: Sendable {
    /// `--config.file`.
    public var configPath: String
    /// `--web.listen-address`, each.
    public var listenAddresses: [ListenAddress]
    /// `--web.systemd-socket`: systemd's sockets or none.
    public var requiresSystemdSocket: Bool
    /// `--web.config.file`.
    public var webConfigPath: String?
    /// `--web.telemetry-path`.
    public var telemetryPath: String
    /// `--web.max-requests`.
    public var maxRequests: Int
    /// `--web.enable-lifecycle`.
    public var isLifecycleEnabled: Bool
    /// `--shard`.
    public var shard: ShardID
    /// The process's environment, read once before there are threads.
    public var environment: [String: String]

    /// All of them, at their defaults where not given.
    public init(
        configPath: String = "/etc/functiongraph-exporter/config.yml", listenAddresses: [ListenAddress],
        requiresSystemdSocket: Bool = false, webConfigPath: String? = nil, telemetryPath: String = "/metrics",
        maxRequests: Int = 40, isLifecycleEnabled: Bool = false, shard: ShardID = .whole,
        environment: [String: String]
    ) {
        self.configPath = configPath
        self.listenAddresses = listenAddresses
        self.requiresSystemdSocket = requiresSystemdSocket
        self.webConfigPath = webConfigPath
        self.telemetryPath = telemetryPath
        self.maxRequests = maxRequests
        self.isLifecycleEnabled = isLifecycleEnabled
        self.shard = shard
        self.environment = environment
    }
}

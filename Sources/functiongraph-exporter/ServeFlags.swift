import ArgumentParser

/// The flags of `serve`. All are optional texts here: what is not given comes from the environment, then the default,
/// and `check` takes them without a look at most of them.
struct ServeFlags: ParsableArguments {
    @Option(
        name: .customLong("config.file"),
        help: ArgumentHelp(
            "The configuration. (default: /etc/functiongraph-exporter/config.yml)", valueName: "path"),
        completion: .file(extensions: ["yml", "yaml"]))
    var configFile: String?

    @Option(
        name: .customLong("web.listen-address"),
        help: ArgumentHelp("host:port, :port or [::1]:port; repeatable. (default: :10977)", valueName: "address"))
    var listenAddresses: [String] = []

    @Flag(
        name: .customLong("web.systemd-socket"),
        help: "Require the listeners from systemd; sockets that systemd passes are used without it too.")
    var systemdSocket = false

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp(
            "TLS, passwords, headers and rate limit, as for all Prometheus exporters. (default: none)",
            valueName: "path"),
        completion: .file(extensions: ["yml", "yaml"]))
    var webConfigFile: String?

    @Option(
        name: .customLong("web.telemetry-path"),
        help: ArgumentHelp("Where the metrics are. (default: /metrics)", valueName: "path"))
    var telemetryPath: String?

    @Option(
        name: .customLong("web.max-requests"), parsing: .unconditional,
        help: ArgumentHelp("Scrapes served at once; more get 503. (default: 40)", valueName: "n"))
    var maxRequests: String?

    @Flag(name: .customLong("web.enable-lifecycle"), help: "Allow POST /-/reload.")
    var enableLifecycle = false

    @Option(
        name: .customLong("shard"), parsing: .unconditional,
        help: ArgumentHelp(
            "Watch only shard I of N, 0-based; I may be 'hostname': the number after the last - of the host name. "
                + "(default: 0/1)", valueName: "i/n"))
    var shard: String?

    @Option(
        name: .customLong("log.level"),
        help: ArgumentHelp("debug, info, warn or error. (default: info)", valueName: "level"),
        completion: .list(["debug", "info", "warn", "error"]))
    var logLevel: String?

    @Option(
        name: .customLong("log.format"),
        help: ArgumentHelp(
            "auto, logfmt, json or journal; auto: the journal's own protocol where stderr is the journal, else logfmt. "
                + "(default: auto)", valueName: "format"),
        completion: .list(["auto", "logfmt", "json", "journal"]))
    var logFormat: String?
}

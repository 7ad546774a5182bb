import ArgumentParser
import Daemon
import Endpoint
import Logging
import Systemd

extension ServeFlags {
    /// The whole of flags, environment and defaults.
    ///
    /// - Throws: `ValidationError`, which ends the program with 64.
    func options(environment: [String: String], hostName: String) throws -> DaemonOptions {
        let variables = FlagEnvironment(environment)
        var texts = listenAddresses.isEmpty ? variables.list("web.listen-address") : listenAddresses
        if texts.isEmpty { texts = [":10977"] }
        let path = telemetryPath ?? variables.text("web.telemetry-path") ?? "/metrics"
        guard path.hasPrefix("/"), !path.hasPrefix("/-/"), path != "/", path != "/api/v1/functions",
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        else {
            throw ValidationError(
                "--web.telemetry-path: '\(path)' cannot be the metrics' path: expected such as /metrics")
        }
        let scrapes = try maxRequests ?? variables.int("web.max-requests") ?? 40
        guard (1...10_000).contains(scrapes) else {
            throw ValidationError("--web.max-requests: \(scrapes) is not between 1 and 10000")
        }
        return DaemonOptions(
            configPath: configPath(variables),
            listenAddresses: try texts.map { text in
                do throws(ListenAddressError) {
                    return try ListenAddress(text)
                } catch {
                    throw ValidationError("--web.listen-address: \(error.description)")
                }
            },
            requiresSystemdSocket: try systemdSocket || variables.bool("web.systemd-socket"),
            webConfigPath: webConfigFile ?? variables.text("web.config.file").flatMap { $0.isEmpty ? nil : $0 },
            telemetryPath: path, maxRequests: scrapes,
            isLifecycleEnabled: try enableLifecycle || variables.bool("web.enable-lifecycle"),
            shard: try shardID(variables, hostName: hostName), environment: environment)
    }

    private func configPath(_ variables: FlagEnvironment) -> String {
        configFile ?? variables.text("config.file") ?? "/etc/functiongraph-exporter/config.yml"
    }

    private func shardID(_ variables: FlagEnvironment, hostName: String) throws -> ShardID {
        do throws(ShardFault) {
            return try ShardID(shard ?? variables.text("shard") ?? "0/1", hostName: hostName)
        } catch {
            throw ValidationError("--shard: \(error.message)")
        }
    }

    /// From which level on records are written.
    func level(environment: [String: String]) throws -> Logger.Level {
        switch logLevel ?? FlagEnvironment(environment).text("log.level") ?? "info" {
        case "debug": return .debug
        case "info": return .info
        case "warn": return .warning
        case "error": return .error
        case let other: throw ValidationError("--log.level: '\(other)' is none of debug, info, warn, error")
        }
    }

    /// How records are written.
    func form(environment: [String: String]) throws -> LogForm {
        let text = logFormat ?? FlagEnvironment(environment).text("log.format") ?? "auto"
        if text == "auto" { return .automatic() }
        guard let form = LogForm(rawValue: text) else {
            throw ValidationError("--log.format: '\(text)' is none of auto, logfmt, json, journal")
        }
        return form
    }
}

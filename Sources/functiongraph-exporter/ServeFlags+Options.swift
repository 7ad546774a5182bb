import Daemon
import Endpoint
import Logging
import Systemd

extension ServeFlags {
    /// The whole of flags, environment and defaults.
    func options(environment: [String: String], hostName: String) throws(UsageFault) -> DaemonOptions {
        let variables = FlagEnvironment(environment)
        return DaemonOptions(
            configPath: try ConfigPath.resolve(configFile, variables),
            listenAddresses: try addresses(variables),
            requiresSystemdSocket: try variables.bool("web.systemd-socket", given: systemdSocket),
            webConfigPath: webConfigPath(variables), telemetryPath: try path(variables),
            maxRequests: try requestsAtOnce(variables),
            isLifecycleEnabled: try variables.bool("web.enable-lifecycle", given: enableLifecycle),
            shard: try shardID(variables, hostName: hostName), environment: environment)
    }

    /// What `check` needs: the files. The other flags are ignored.
    func fileOptions(environment: [String: String]) throws(UsageFault) -> DaemonOptions {
        let variables = FlagEnvironment(environment)
        return DaemonOptions(
            configPath: try ConfigPath.resolve(configFile, variables), listenAddresses: [],
            webConfigPath: webConfigPath(variables), environment: environment)
    }

    /// From which level on records are written.
    func level(environment: [String: String]) throws(UsageFault) -> Logger.Level {
        guard let level = FlagEnvironment(environment).text("log.level", given: logLevel) else { return .info }
        switch level.text {
        case "debug": return .debug
        case "info": return .info
        case "warn": return .warning
        case "error": return .error
        default: throw level.fault("debug, info, warn or error")
        }
    }

    /// How records are written.
    func form(environment: [String: String]) throws(UsageFault) -> LogForm {
        guard let form = FlagEnvironment(environment).text("log.format", given: logFormat), form.text != "auto" else {
            return .automatic()
        }
        guard let known = LogForm(rawValue: form.text) else { throw form.fault("auto, logfmt, json or journal") }
        return known
    }

    private func addresses(_ variables: FlagEnvironment) throws(UsageFault) -> [ListenAddress] {
        var addresses: [ListenAddress] = []
        for given in variables.list("web.listen-address", given: listenAddresses) {
            do throws(ListenAddressError) {
                addresses.append(try ListenAddress(given.text))
            } catch {
                throw UsageFault(message: "\(given.name): '\(error.text)': \(error.message)")
            }
        }
        return addresses.isEmpty ? [.tcp(host: nil, port: 10_977)] : addresses
    }

    /// An empty path means none, as in exporter-toolkit.
    private func webConfigPath(_ variables: FlagEnvironment) -> String? {
        variables.text("web.config.file", given: webConfigFile).flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    private func path(_ variables: FlagEnvironment) throws(UsageFault) -> String {
        guard let path = variables.text("web.telemetry-path", given: telemetryPath) else { return "/metrics" }
        guard let free = TelemetryPath(path.text) else { throw path.fault(TelemetryPath.expected) }
        return free.text
    }

    private func requestsAtOnce(_ variables: FlagEnvironment) throws(UsageFault) -> Int {
        guard let text = variables.text("web.max-requests", given: maxRequests) else { return 40 }
        guard let number = Int(text.text), (1...10_000).contains(number) else {
            throw text.fault("a whole number from 1 to 10000")
        }
        return number
    }

    private func shardID(_ variables: FlagEnvironment, hostName: String) throws(UsageFault) -> ShardID {
        guard let text = variables.text("shard", given: shard) else { return .whole }
        do throws(ShardFault) {
            return try ShardID(text.text, hostName: hostName)
        } catch {
            throw UsageFault(message: "\(text.name): \(error.message)")
        }
    }
}

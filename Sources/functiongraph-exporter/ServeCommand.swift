import ArgumentParser
import Daemon
import Logging
import Systemd

/// `functiongraph-exporter serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the daemon: poll the watch list and serve metrics. The default.")

    @OptionGroup var flags: ServeFlags

    func run() async throws {
        boundMallocArenas()
        let environment = Surroundings.environment
        let options: DaemonOptions
        let level: Logger.Level
        let form: LogForm
        do throws(UsageFault) {
            options = try flags.options(environment: environment, hostName: Surroundings.hostName)
            level = try flags.level(environment: environment)
            form = try flags.form(environment: environment)
        } catch {
            throw error.told()
        }
        let queue = LogQueue(form: form, identifier: "functiongraph-exporter")
        let logger = Logger(label: "functiongraph-exporter") { _ in
            var handler = queue.handler()
            handler.logLevel = level
            return handler
        }
        let status = await Exporter(options: options, notifier: SystemdNotifier(), logger: logger).run()
        queue.flush(within: .seconds(1))
        // The journal learns a record's unit from /proc when it reads the record: of a process that is gone by then it
        // knows none, and `systemctl status` would not show why the start failed.
        if status != .success, case .journal = form { try? await Task.sleep(for: .milliseconds(300)) }
        throw ExitCode(status.rawValue)
    }
}

public import ArgumentParser
public import Daemon
import Logging
import Systemd

/// `functiongraph-exporter query`.
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Poll the given functions, or the whole watch list, once and now.")

    @Option(
        name: .customLong("config.file"),
        help: ArgumentHelp("The configuration. (default: /etc/functiongraph-exporter/config.yml)", valueName: "path"),
        completion: .file(extensions: ["yml", "yaml"]))
    var configFile: String?

    @Option(name: .customLong("output"), help: "table or json.")
    var output: Query.Form = .table

    @Argument(help: ArgumentHelp("Functions; left out: the whole watch list.", valueName: "urn"))
    var functions: [String] = []

    func run() async throws {
        let environment = Surroundings.environment
        let path: String
        do throws(UsageFault) {
            path = try ConfigPath.resolve(configFile, FlagEnvironment(environment))
        } catch {
            throw error.told()
        }
        let queue = LogQueue(form: .logfmt, identifier: "functiongraph-exporter")
        let logger = Logger(label: "functiongraph-exporter") { _ in
            var handler = queue.handler()
            handler.logLevel = .warning
            return handler
        }
        let query = Query(configPath: path, environment: environment, logger: logger)
        let outcome = await query.run(functions, form: output)
        Surroundings.write(outcome.output)
        Surroundings.complain(outcome.messages)
        queue.flush(within: .seconds(1))
        throw ExitCode(outcome.status.rawValue)
    }
}

extension Query.Form: ExpressibleByArgument {}

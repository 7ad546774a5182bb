import ArgumentParser
import Daemon

/// `functiongraph-exporter`.
struct ExporterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "functiongraph-exporter",
        abstract: "Watches cold-start snapshots of Huawei Cloud FunctionGraph functions for Prometheus.",
        discussion: """
            Every flag can also come from the environment: FUNCTIONGRAPH_EXPORTER_ and the flag in capitals with _ for \
            . and -, such as FUNCTIONGRAPH_EXPORTER_CONFIG_FILE. Repeatable flags are comma-separated there, switches \
            are true or false. A flag beats the environment.
            """,
        version: versionText,
        subcommands: [ServeCommand.self, CheckCommand.self, QueryCommand.self],
        defaultSubcommand: ServeCommand.self)

    private static var versionText: String {
        let build = BuildVersion.current
        return "functiongraph-exporter \(build.version) (revision \(build.revision), Swift \(build.swiftVersion))"
    }
}

import ArgumentParser
import Daemon

/// `functiongraph-exporter check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate what a start would read, without any network; takes and ignores the flags of serve.")

    @OptionGroup var flags: ServeFlags

    func run() throws {
        let options = try flags.options(
            environment: Surroundings.environment, hostName: Surroundings.hostName)
        let report = CheckReport(options)
        Surroundings.print(report.lines)
        guard report.isGood else { throw ExitCode(ExitStatus.failure.rawValue) }
    }
}

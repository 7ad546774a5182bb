import ArgumentParser
import Daemon

/// `functiongraph-exporter check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate what a start would read, without any network; takes and ignores the flags of serve.")

    @OptionGroup var flags: ServeFlags

    func run() throws {
        let options: DaemonOptions
        do throws(UsageFault) {
            options = try flags.fileOptions(environment: Surroundings.environment)
        } catch {
            Surroundings.print([error.message])
            throw ExitCode(ExitStatus.failure.rawValue)
        }
        let report = CheckReport(options)
        Surroundings.complain(report.hints)
        Surroundings.print(report.lines)
        guard report.isGood else { throw ExitCode(ExitStatus.failure.rawValue) }
    }
}

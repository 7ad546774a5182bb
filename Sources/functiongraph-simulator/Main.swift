import ArgumentParser
import Logging
import Simulator

#if canImport(Glibc)
    import Glibc
#endif

/// The command: reads the scenario, listens, and goes on until it is told to stop.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "functiongraph-simulator",
        abstract: "A stand-in for the FunctionGraph cloud on the loopback interface.",
        discussion: """
            Serves FunctionGraph (snapshot state, functions, versions, aliases), IAM tokens and the ECS metadata service \
            on one port, checks tokens and signatures, and plays the states and faults of a scenario. Point \
            functiongraph-exporter's endpoints functiongraph, iam and metadata at the address that it prints.

            Exit codes: 0 stopped as asked, 1 cannot listen or read the scenario's file, 64 usage, 78 faults in the \
            scenario.
            """)

    @Option(
        help: ArgumentHelp(
            "Where to listen: an address of the loopback interface; port 0 takes any.", valueName: "host:port"))
    var listen = "127.0.0.1:18977"

    @Option(
        help: ArgumentHelp(
            "The scenario, a YAML file; without it one function and one key are served.", valueName: "file"))
    var scenario: String?

    @Flag(help: "Log each request to stderr.")
    var logRequests = false

    func run() async throws {
        let address = try ListenOption(listen)
        let signals = StopSignals()
        let cloud = try await start(address)
        print("listening on \(cloud.url)")
        if scenario == nil { print(BuiltInScenario.summary) }
        // Whoever waits for the line reads it from a pipe.
        fflush(nil)
        await signals.wait()
        await cloud.stop()
    }

    private func start(_ address: ListenOption) async throws -> SimulatedCloud {
        let file = scenario ?? "built-in scenario"
        do {
            let text = try scenario.map { try ScenarioFile.read($0) } ?? BuiltInScenario.text
            return try await SimulatedCloud.start(
                scenario: text, file: file, host: address.host, port: address.port,
                requestLogger: logRequests
                    ? Logger(label: "functiongraph-simulator") { StreamLogHandler.standardError(label: $0) } : nil)
        } catch let faults as ScenarioFaults {
            throw StandardError.exit(78, "\(faults)")
        } catch {
            throw StandardError.exit(1, "functiongraph-simulator: \(error)")
        }
    }
}

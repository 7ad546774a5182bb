import FunctionGraph
public import Logging
import NIOCore
import NIOPosix
import Settings
import YAML

/// `query`: polls once, now, and tells what came back.
public struct Query: Sendable {
    private let configPath: String
    private let environment: [String: String]
    private let logger: Logger

    /// What came of it.
    public struct Outcome: Sendable {
        /// What to print on standard output.
        public let output: [UInt8]
        /// What to print on standard error.
        public let messages: [String]
        /// How to end.
        public let status: ExitStatus
    }

    /// How the answers are printed.
    public enum Form: String, Sendable, CaseIterable {
        /// For people.
        case table
        /// As `/api/v1/functions`.
        case json
    }

    /// - Parameters:
    ///   - configPath: The configuration.
    ///   - environment: The process's environment.
    ///   - logger: For what goes on meanwhile.
    public init(configPath: String, environment: [String: String], logger: Logger) {
        self.configPath = configPath
        self.environment = environment
        self.logger = logger
    }

    /// Polls the given functions, or the whole watch list where none is given.
    public func run(_ texts: [String], form: Form) async -> Outcome {
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let outcome = await run(texts, form: form, threads: threads, group: group)
        try? await group.shutdownGracefully()
        try? await threads.shutdownGracefully()
        return outcome
    }

    private func run(
        _ texts: [String], form: Form, threads: NIOThreadPool, group: MultiThreadedEventLoopGroup
    ) async -> Outcome {
        let source = SettingsSource(configPath: configPath, webConfigPath: nil, environment: environment)
        guard let reading = try? await threads.runIfActive({ source.read(previous: nil) }) else {
            return Outcome(output: [], messages: ["the configuration could not be read"], status: .failure)
        }
        let faults = reading.faults + reading.notChecked
        guard faults.isEmpty, let configuration = reading.configuration else {
            return Outcome(
                output: [], messages: faults.map(\.description),
                status: reading.isMendable ? .failure : .configuration)
        }
        let clock = DaemonClock.system
        let metrics = Metrics(version: .current)
        let cloud = CloudSide(
            configuration, authorities: reading.authorities, group: group, environment: environment,
            metrics: metrics, clock: clock, logger: logger)
        let client = cloud.client(configuration)
        let accounts = AccountBook(
            configuration, secrets: reading.secrets, previous: [:], client: client, previousEndpoints: nil
        ).accounts
        let round = QueryRound(
            configuration: configuration, accounts: accounts, client: client, clock: clock, metrics: metrics)
        let bad = reading.loaded.badWatchFiles.sorted { $0.key < $1.key }.flatMap { $0.value }
        let warnings = (reading.warnings + bad).map { "warning: \($0)" }
        let outcome: Outcome
        do throws(QueryFault) {
            let functions = try await round.functions(texts)
            let records = await round.poll(functions)
            let output = form == .json ? FunctionsJSON.document(records) + [10] : QueryTable.text(records)
            let isWhole = records.allSatisfy { $0.failure == nil }
            outcome = Outcome(
                output: output, messages: warnings + records.compactMap(Self.advice),
                status: isWhole ? .success : .failure)
        } catch {
            outcome = Outcome(output: [], messages: warnings + error.messages, status: error.status)
        }
        await cloud.shutdown()
        return outcome
    }

    /// What to do about an answer, where its words alone do not tell.
    static func advice(_ record: FunctionRecord) -> String? {
        record.failure?.advice(for: record.watched.urn).map { "\(record.watched.urn): \($0)" }
    }
}

import Endpoint
public import Logging
import NIOCore
import NIOPosix
import Polling
import ServiceLifecycle
import Settings
public import Systemd
import UnixSignals
import YAML

/// The daemon from start to end: reads, binds, then runs its services until it is told to stop.
public struct Exporter: Sendable {
    /// Of the message catalogue.
    static let configurationRefusedMessageID = "3f1c2a5e7b9d4e0f8a6c1d2e3f405162"

    private let options: DaemonOptions
    private let notifier: any Notifier
    private let logger: Logger

    /// - Parameters:
    ///   - options: The command line.
    ///   - notifier: Whoever is told that it is ready; systemd, or nobody.
    ///   - logger: Where everything is logged.
    public init(options: DaemonOptions, notifier: any Notifier, logger: Logger) {
        self.options = options
        self.notifier = notifier
        self.logger = logger
    }

    /// Runs until `SIGTERM` or `SIGINT`.
    public func run() async -> ExitStatus {
        // The first look is what `process_start_time_seconds` says.
        _ = ProcessStatistics.read()
        // Before anything else that takes time, because an unhandled SIGHUP ends the process, and so does SIGTERM, but
        // not with 0.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let terminations = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let status = await run(
            hangups: hangups, terminations: terminations, threads: threads, group: group)
        try? await group.shutdownGracefully()
        try? await threads.shutdownGracefully()
        return status
    }

    private func run(
        hangups: UnixSignalsSequence, terminations: UnixSignalsSequence, threads: NIOThreadPool,
        group: MultiThreadedEventLoopGroup
    ) async -> ExitStatus {
        let source = SettingsSource(
            configPath: options.configPath, webConfigPath: options.webConfigPath, environment: options.environment)
        guard let reading = try? await threads.runIfActive({ source.read(previous: nil) }) else { return .failure }
        let missing = reading.notChecked
        guard let configuration = reading.configuration, missing.isEmpty else {
            return refuse(reading.faults + missing, isMendable: reading.isMendable)
        }
        let clock = DaemonClock.system
        let metrics = Metrics(version: .current)
        let polls = PollMailbox()
        let reloads = ReloadMailbox()
        let readiness = Readiness()
        let state = ReloadState()
        let cloud = CloudSide(
            configuration, authorities: reading.authorities, group: group, environment: options.environment,
            metrics: metrics, clock: clock, logger: logger)
        let webOptions = WebOptions(
            telemetryPath: options.telemetryPath, maxRequests: options.maxRequests,
            isLifecycleEnabled: options.isLifecycleEnabled, version: .current, shard: options.shard,
            startedUnixSeconds: clock.unixSeconds())
        let eventLoop = group.next()
        let pages = WebPages(
            metrics: metrics, cloud: cloud, mailbox: polls, readiness: readiness, reload: state, reloader: reloads,
            eventLoop: eventLoop, options: webOptions)
        let routes = WebPages.routes(webOptions)
        metrics.web.announce(handlers: routes.map(\.handler))
        let server = WebServer(
            group: group, routes: routes, limits: WebLimits(), security: reading.security, responder: pages,
            logger: logger, maxRequests: options.maxRequests)
        guard await bind(server) else {
            await server.stop(within: .zero)
            await cloud.shutdown()
            return .failure
        }
        let accounts = AccountBook(
            configuration, secrets: reading.secrets, previous: [:], client: cloud.client(configuration),
            previousEndpoints: nil)
        let services: [any Service] = [
            PollService(
                mailbox: polls, metrics: metrics, logger: logger, clock: clock, shard: options.shard,
                eventLoop: eventLoop, seed: UInt64.random(in: .min ... .max)),
            EndpointService(server: server),
            ReloadService(
                source: source, first: reading, cloud: cloud, accounts: accounts, polls: polls, mailbox: reloads,
                server: server, shard: options.shard, state: state, metrics: metrics, notifier: notifier,
                readiness: readiness, threads: threads, signals: hangups, clock: clock, logger: logger),
            NotifyService(
                notifier: notifier,
                probe: HealthProbe(mailbox: polls, server: server, eventLoop: eventLoop), mailbox: polls,
                reload: state, readiness: readiness, shard: options.shard, watchdogInterval: watchdogInterval(),
                logger: logger),
        ]
        let status = await serve(services, until: terminations)
        await cloud.shutdown()
        logger.info("stopped")
        return status
    }

    /// In this order they start; they are stopped from the last to the first, so that `STOPPING=1` goes out first and
    /// scrapes still find the poll loop.
    private func serve(_ services: [any Service], until terminations: UnixSignalsSequence) async -> ExitStatus {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        // The signals were caught before the group was there, so it is a service that waits for them.
        let stop = ServiceGroupConfiguration.ServiceConfiguration(
            service: StopService(signals: terminations), successTerminationBehavior: .gracefullyShutdownGroup)
        var configuration = ServiceGroupConfiguration(
            services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) } + [stop],
            logger: quiet)
        configuration.maximumGracefulShutdownDuration = .milliseconds(4500)
        do {
            try await ServiceGroup(configuration: configuration).run()
            return .success
        } catch {
            logger.critical("ended by a failure", metadata: ["error": "\(error)"])
            return .failure
        }
    }

    private func refuse(_ faults: [Fault], isMendable: Bool) -> ExitStatus {
        for fault in faults {
            logger.error(
                "configuration refused",
                metadata: [
                    "fault": "\(fault)", "faults": "\(faults.count)",
                    "message_id": "\(Self.configurationRefusedMessageID)",
                ])
        }
        let first = faults.first.map { "\($0)" } ?? ""
        let more = faults.count > 1 ? " (and \(faults.count - 1) more)" : ""
        notifier.send([.status("configuration refused: \(first)\(more)")])
        return isMendable ? .failure : .configuration
    }

    private func bind(_ server: WebServer) async -> Bool {
        var addresses = inheritedSockets().map { ListenAddress.inherited(fd: $0.fd) }
        if addresses.isEmpty {
            guard !options.requiresSystemdSocket else {
                let message = "--web.systemd-socket was given, but systemd passed no listening socket"
                logger.error("cannot listen", metadata: ["error": "\(message)"])
                notifier.send([.status("cannot listen: \(message)")])
                return false
            }
            addresses = options.listenAddresses
        }
        for address in addresses {
            do throws(BindFault) {
                let bound = try await server.bind(address)
                logger.info("listening", metadata: ["address": "\(bound)"])
            } catch {
                logger.error("cannot listen", metadata: ["error": "\(error)"])
                notifier.send([.status("\(error)"), .errno(error.errnoCode ?? 0)])
                return false
            }
        }
        return true
    }
}

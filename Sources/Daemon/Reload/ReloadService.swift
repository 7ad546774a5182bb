import Endpoint
import FunctionGraph
import Logging
import NIOPosix
import ServiceLifecycle
import Settings
import Systemd
import UnixSignals
import YAML

/// Puts the first configuration in force, and every later one: on `SIGHUP`, on `POST /-/reload`, and by itself when a
/// watch, secret or web file changed. One at a time, each read and checked whole before anything changes.
struct ReloadService<Signals: AsyncSequence & Sendable>: Service where Signals.Element == UnixSignal {
    let source: SettingsSource
    /// What the start read; it has no faults.
    let first: SettingsReading
    let cloud: CloudSide
    let accounts: AccountBook
    let polls: PollMailbox
    let mailbox: ReloadMailbox
    let server: WebServer
    let shard: ShardID
    let state: ReloadState
    let metrics: Metrics
    let notifier: any Notifier
    let readiness: Readiness
    let threads: NIOThreadPool
    let signals: Signals
    let clock: DaemonClock
    let logger: Logger

    /// How often files are looked at. A change is noticed at the second look that finds it the same.
    private static var lookEvery: Duration { .seconds(2) }

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await listen() }
                group.addTask { await tick() }
                var worker = ReloadWorker(self)
                await worker.start()
                for await trigger in mailbox.triggers {
                    if let replaced = await worker.work(trigger) {
                        group.addTask { await Self.retire(replaced) }
                    }
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            mailbox.finish()
        }
    }

    private func listen() async {
        do {
            for try await _ in signals { mailbox.send(.signal) }
        } catch {
            logger.error("SIGHUP is listened for no more", metadata: ["error": "\(error)"])
        }
    }

    private func tick() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.lookEvery)
            if !Task.isCancelled { mailbox.send(.look) }
        }
    }

    /// Closes a transport once its last request has ended.
    private static func retire(_ transport: AsyncHTTPTransport) async {
        while transport.inFlight > 0, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(200))
        }
        await transport.shutdown()
    }
}

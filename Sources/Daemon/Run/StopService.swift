import ServiceLifecycle
import UnixSignals

/// Waits for `SIGTERM` or `SIGINT`; its end is the beginning of the stop.
struct StopService<Signals: AsyncSequence & Sendable>: Service where Signals.Element == UnixSignal {
    let signals: Signals

    func run() async throws {
        for try await _ in signals.cancelOnGracefulShutdown() { return }
    }
}

import YAML

/// The way to a reload. Triggers queue; each is worked off whole before the next.
final class ReloadMailbox: Sendable {
    let triggers: AsyncStream<ReloadTrigger>
    private let continuation: AsyncStream<ReloadTrigger>.Continuation

    init() {
        (triggers, continuation) = AsyncStream.makeStream(of: ReloadTrigger.self)
    }

    /// Puts a trigger in. - Returns: `false` when nothing is reloaded any more.
    @discardableResult
    func send(_ trigger: ReloadTrigger) -> Bool {
        if case .terminated = continuation.yield(trigger) { return false }
        return true
    }

    /// Reloads and waits for what came of it: the faults, none after a good reload, `nil` when the daemon stops.
    func reload() async -> [Fault]? {
        await withCheckedContinuation { continuation in
            if !send(.request(continuation)) { continuation.resume(returning: nil) }
        }
    }

    /// No more reloads once those in the queue are done.
    func finish() { continuation.finish() }
}

import NIOCore
import Settings
import Synchronization

/// The way into the poll loop. Bounded by construction: at most one event for each request under way, one tick,
/// and one for each caller that waits for its answer.
final class PollMailbox: Sendable {
    let events: AsyncStream<PollEvent>
    private let continuation: AsyncStream<PollEvent>.Continuation
    private let permits = Atomic<Int>(0)

    init() {
        (events, continuation) = AsyncStream.makeStream(of: PollEvent.self)
    }

    /// Puts an event in. - Returns: `false` when the loop takes no more, and the event was dropped.
    @discardableResult
    func send(_ event: PollEvent) -> Bool {
        if case .terminated = continuation.yield(event) { return false }
        return true
    }

    /// Lets the loop end once it has worked off what is in the mailbox.
    func finish() { continuation.finish() }

    /// Puts a checked configuration in force; returns when the loop polls by it.
    func configure(_ plan: PollPlan) async {
        await withCheckedContinuation { continuation in
            if !send(.configure(plan, continuation)) { continuation.resume() }
        }
    }

    /// Everything that is known, at one moment; `nil` when the loop has ended.
    func status() async -> PollStatus? {
        await withCheckedContinuation { continuation in
            if !send(.status(continuation)) { continuation.resume(returning: nil) }
        }
    }

    /// The numbers of it; `nil` when the loop has ended.
    func summary() async -> PollSummary? {
        await withCheckedContinuation { continuation in
            if !send(.summary(continuation)) { continuation.resume(returning: nil) }
        }
    }

    /// Whether the loop gets to it within `patience`. A loop that hangs must not hang its watchdog too: the event
    /// loop's timer answers in its place.
    func probe(within patience: Duration, on eventLoop: any EventLoop) async -> Bool {
        await withCheckedContinuation { continuation in
            let reply = OneReply(continuation)
            let timer = eventLoop.scheduleTask(in: TimeAmount(patience)) { reply.resume(returning: false) }
            if !send(.probe(reply)) {
                timer.cancel()
                reply.resume(returning: false)
            }
        }
    }

    /// Waits until a discovery request of an entry's listing may be sent.
    ///
    /// - Returns: The permit's number, or `nil` when the loop has ended, the caller was cancelled, or the listing is wanted
    ///   no more.
    func permit(_ settings: DiscoverySettings) async -> Int? {
        let id = permits.add(1, ordering: .relaxed).newValue
        let granted = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let request = PermitRequest(id: id, settings: settings, granted: continuation)
                if !send(.permitWanted(request)) { continuation.resume(returning: false) }
            }
        } onCancel: {
            send(.permitCancelled(id))
        }
        return granted ? id : nil
    }
}

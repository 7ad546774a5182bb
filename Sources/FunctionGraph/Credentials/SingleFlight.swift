import Synchronization

/// Lets one of many callers do a piece of work while the others wait for its result; no task is started for it.
///
/// The first caller leads: the work runs on its task and within its time. What the others get:
/// - the leader succeeds or fails: all that wait get the same value or the same failure;
/// - the leader is cancelled: the one that has waited longest leads in its place, the rest go on waiting;
/// - one that waits is cancelled: it alone gets `cancelled`, at once.
///
/// A caller may find that the flight has just ended and lead another, so the work must look first whether its result
/// is there already.
final class SingleFlight<Value: Sendable>: Sendable {
    private enum Turn: Sendable {
        case lead
        case settled(Result<Value, CloudFailure>)
        case cancelled
    }

    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<Turn, Never>
    }

    private struct State {
        var isUnderWay = false
        var nextID = 0
        var waiters: [Waiter] = []
        /// Cancelled between taking an id and beginning to wait.
        var cancelledEarly: Set<Int> = []
    }

    private let state = Mutex(State())
    private let operation: Operation

    /// `operation` is what a cancelled waiter's failure names.
    init(_ operation: Operation) { self.operation = operation }

    /// How many wait behind the leader; for tests, which have no other way to know that all are in place.
    var waiterCount: Int { state.withLock { $0.waiters.count } }

    /// The result of `work`, done by this caller or by another.
    func run(_ work: () async throws(CloudFailure) -> Value) async throws(CloudFailure) -> Value {
        switch await turn() {
        case .settled(let result): return try result.get()
        case .cancelled:
            throw CloudFailure(operation: operation, reason: .cancelled, message: "cancelled while waiting")
        case .lead:
            do {
                let value = try await work()
                settle(.success(value))
                return value
            } catch {
                if error.reason == .cancelled { handOver() } else { settle(.failure(error)) }
                throw error
            }
        }
    }

    private func turn() async -> Turn {
        let ticket: Int? = state.withLock { state in
            guard state.isUnderWay else {
                state.isUnderWay = true
                return nil
            }
            state.nextID += 1
            return state.nextID
        }
        guard let ticket else { return .lead }
        let turn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in wait(ticket, continuation) }
        } onCancel: {
            cancel(ticket)
        }
        _ = state.withLock { $0.cancelledEarly.remove(ticket) }
        return turn
    }

    private func wait(_ id: Int, _ continuation: CheckedContinuation<Turn, Never>) {
        let immediate: Turn? = state.withLock { state in
            if state.cancelledEarly.remove(id) != nil { return .cancelled }
            guard state.isUnderWay else {
                state.isUnderWay = true
                return .lead
            }
            state.waiters.append(Waiter(id: id, continuation: continuation))
            return nil
        }
        if let immediate { continuation.resume(returning: immediate) }
    }

    private func cancel(_ id: Int) {
        let waiter: Waiter? = state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelledEarly.insert(id)
                return nil
            }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: .cancelled)
    }

    private func settle(_ result: Result<Value, CloudFailure>) {
        let waiters = state.withLock { state in
            state.isUnderWay = false
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: .settled(result)) }
    }

    private func handOver() {
        let next: Waiter? = state.withLock { state in
            guard !state.waiters.isEmpty else {
                state.isUnderWay = false
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: .lead)
    }
}

import Synchronization

/// A continuation that several may answer; the first one counts.
final class OneReply<Value: Sendable>: Sendable {
    private let waiting: Mutex<CheckedContinuation<Value, Never>?>

    init(_ continuation: CheckedContinuation<Value, Never>) {
        waiting = Mutex(continuation)
    }

    /// Answers, unless someone already has.
    func resume(returning value: Value) {
        waiting.withLock { waiting in
            let continuation = waiting
            waiting = nil
            return continuation
        }?.resume(returning: value)
    }
}

import NIOCore
import Synchronization

/// A sleeper that is woken once, by its timer or by cancellation, whichever comes first and even before it sleeps.
final class SleepReply: Sendable {
    private enum State {
        case awake
        case sleeping(CheckedContinuation<Void, Never>, Scheduled<Void>)
        case woken
    }

    private let state = Mutex(State.awake)

    /// Falls asleep, unless already woken.
    func begin(_ continuation: CheckedContinuation<Void, Never>, _ timer: Scheduled<Void>) {
        let isWoken = state.withLock { state in
            if case .woken = state { return true }
            state = .sleeping(continuation, timer)
            return false
        }
        guard isWoken else { return }
        timer.cancel()
        continuation.resume()
    }

    /// Wakes the sleeper.
    func wake() {
        let sleeper = state.withLock { state -> (CheckedContinuation<Void, Never>, Scheduled<Void>)? in
            defer { state = .woken }
            if case .sleeping(let continuation, let timer) = state { return (continuation, timer) }
            return nil
        }
        guard let (continuation, timer) = sleeper else { return }
        timer.cancel()
        continuation.resume()
    }
}

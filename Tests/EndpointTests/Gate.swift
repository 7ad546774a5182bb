import Synchronization

/// A door that stays shut until it is opened, and can be told of those who arrived.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrivals = 0
        var watchers: [(Int, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits before the door.
    func pass() async {
        await withCheckedContinuation { continuation in
            let (isOpen, watchers) = state.withLock { state in
                state.arrivals += 1
                let due = state.watchers.filter { $0.0 <= state.arrivals }
                state.watchers.removeAll { $0.0 <= state.arrivals }
                if !state.isOpen { state.waiting.append(continuation) }
                return (state.isOpen, due)
            }
            for (_, watcher) in watchers { watcher.resume() }
            if isOpen { continuation.resume() }
        }
    }

    /// Waits until so many have come to the door.
    func arrivals(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                guard state.arrivals < count else { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isDue { continuation.resume() }
        }
    }
}

import Synchronization

/// Whether the daemon is ready: from `READY=1` to `STOPPING=1`, whatever the cloud does.
final class Readiness: Sendable {
    /// The three ages of a daemon.
    enum Age: Sendable {
        case starting, ready, stopping
    }

    private let age = Mutex(Age.starting)

    /// Now.
    var current: Age { age.withLock(\.self) }

    /// Goes on to `next`; there is no way back.
    func advance(to next: Age) {
        age.withLock { age in
            if case .stopping = age { return }
            age = next
        }
    }
}

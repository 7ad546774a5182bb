import Synchronization

/// How many connections to the cloud were opened since the start, for all transports together.
final class ConnectionCounter: Sendable {
    private let count = Atomic<Int>(0)
    private let closed = Atomic<Int>(0)

    /// Connections opened so far, TLS and proxy tunnel included.
    var opened: Int { count.load(ordering: .relaxed) }

    /// Connections that are open now.
    var open: Int { opened - closed.load(ordering: .relaxed) }

    /// Called once for each connection that is ready for requests.
    func connectionOpened() { count.add(1, ordering: .relaxed) }

    /// Called once for each of them when it has closed.
    func connectionClosed() { closed.add(1, ordering: .relaxed) }
}

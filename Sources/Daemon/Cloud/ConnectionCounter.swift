import Synchronization

/// How many connections to the cloud were opened since the start, for all transports together.
final class ConnectionCounter: Sendable {
    private let count = Atomic<Int>(0)

    /// Connections opened so far, TLS and proxy tunnel included.
    var opened: Int { count.load(ordering: .relaxed) }

    /// Called once for each connection that is ready for requests.
    func connectionOpened() { count.add(1, ordering: .relaxed) }
}

import FunctionGraph
import Synchronization

/// The transport in force. A reload that changes TLS, proxy or timeouts puts a new one in its place; requests
/// under way end on the old one.
final class TransportSwitch: Transport {
    private let current: Mutex<AsyncHTTPTransport>

    init(_ transport: AsyncHTTPTransport) {
        current = Mutex(transport)
    }

    /// Requests under way on the transport in force.
    var inFlight: Int { current.withLock(\.self).inFlight }

    func send(_ request: CloudRequest) async throws(TransportError) -> CloudResponse {
        let transport = current.withLock(\.self)
        return try await transport.send(request)
    }

    /// Puts `transport` in force and gives back the one it replaces, which the caller closes once it is idle.
    func replace(with transport: AsyncHTTPTransport) -> AsyncHTTPTransport {
        current.withLock { current in
            let old = current
            current = transport
            return old
        }
    }

    /// Closes the transport in force.
    func shutdown() async {
        await current.withLock(\.self).shutdown()
    }
}

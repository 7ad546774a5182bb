import NIOCore

/// An address to listen on, of the loopback interface alone.
struct LoopbackAddress: Sendable {
    let socketAddress: SocketAddress
    /// `127.0.0.1:18977`, as it is told to users.
    let text: String

    /// Takes an IP address or `localhost`. A name is not looked up: what it stands for may change.
    init(host: String, port: Int) throws(SimulatedCloudError) {
        let numeric = host == "localhost" ? "127.0.0.1" : host
        text = numeric.contains(":") ? "[\(numeric)]:\(port)" : "\(numeric):\(port)"
        guard let address = try? SocketAddress(ipAddress: numeric, port: port), LoopbackAddress.isLoopback(numeric)
        else {
            throw .notLoopback(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
        }
        socketAddress = address
    }

    /// 127.0.0.0/8 in four decimal parts, or `::1`.
    private static func isLoopback(_ numeric: String) -> Bool {
        numeric == "::1" || (numeric.hasPrefix("127.") && numeric.split(separator: ".").count == 4)
    }
}

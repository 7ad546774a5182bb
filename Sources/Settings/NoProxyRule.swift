import Glibc

/// One element of a no-proxy list, as Go's `golang.org/x/net/http/httpproxy` and curl understand it.
struct NoProxyRule {
    private let host: String
    private let port: Int?

    init(_ text: String) {
        let text = text.lowercased()
        // Only one colon: a port; more are an IPv6 address, which takes brackets before a port.
        if let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            text.firstIndex(of: ":") == colon || text[..<colon].hasSuffix("]")
        {
            self.port = port
            host = Self.unbracketed(String(text[..<colon]))
        } else {
            port = nil
            host = Self.unbracketed(text)
        }
    }

    func matches(host target: String, port targetPort: Int) -> Bool {
        if let port, port != targetPort { return false }
        let target = target.lowercased()
        if host == "*" { return true }
        if let slash = host.firstIndex(of: "/") {
            guard let network = Self.address(String(host[..<slash])), let bits = Int(host[host.index(after: slash)...]),
                let address = Self.address(target), address.count == network.count,
                (0...network.count * 8).contains(bits)
            else { return false }
            return Self.samePrefix(address, network, bits: bits)
        }
        if let mine = Self.address(host) { return Self.address(target) == mine }
        if host.hasPrefix("*.") { return target.hasSuffix(host.dropFirst()) }
        if host.hasPrefix(".") { return target.hasSuffix(host) }
        return !host.isEmpty && (target == host || target.hasSuffix("." + host))
    }

    /// Whether a host is this machine.
    static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" { return true }
        guard let address = address(host) else { return false }
        return address.count == 4 ? address[0] == 127 : address == Array(repeating: 0, count: 15) + [1]
    }

    private static func samePrefix(_ left: [UInt8], _ right: [UInt8], bits: Int) -> Bool {
        left.indices.allSatisfy { index in
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(8, max(0, bits - index * 8)))
            return left[index] & mask == right[index] & mask
        }
    }

    private static func unbracketed(_ text: String) -> String {
        text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
    }

    /// The 4 or 16 bytes of a numeric address.
    private static func address(_ text: String) -> [UInt8]? {
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            return unsafe withUnsafeBytes(of: four) { unsafe Array($0) }
        }
        var sixteen = in6_addr()
        if unsafe inet_pton(AF_INET6, text, &sixteen) == 1 {
            return unsafe withUnsafeBytes(of: sixteen) { unsafe Array($0) }
        }
        return nil
    }
}

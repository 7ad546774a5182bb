/// Where a listener gets its connections from.
public enum ListenAddress: Sendable, Hashable {
    /// A TCP address. Without a host the listener takes every address of the machine, IPv4 and IPv6 alike.
    case tcp(host: String?, port: Int)
    /// A listening socket that someone else bound, systemd for one. The server closes it when it stops.
    case inherited(fd: Int32)

    /// Reads an address as it stands in `--web.listen-address`: `host:port`, `:port` or `[::1]:port`.
    ///
    /// - Throws: what was expected instead, in words fit for a usage message.
    public init(_ text: String) throws(ListenAddressError) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            throw ListenAddressError(text: text, message: "expected host:port, :port or [address]:port")
        }
        let portText = text[text.index(after: colon)...]
        guard !portText.isEmpty, portText.utf8.count <= 5, portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(portText), (0...65535).contains(port)
        else { throw ListenAddressError(text: text, message: "expected a port from 0 to 65535 after the last colon") }
        var host = String(text[..<colon])
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.utf8.count > 2 else {
                throw ListenAddressError(text: text, message: "expected an IPv6 address between [ and ]")
            }
            host = String(host.dropFirst().dropLast())
            guard host.utf8.contains(UInt8(ascii: ":")) else {
                throw ListenAddressError(text: text, message: "expected an IPv6 address between [ and ]")
            }
        } else if host.utf8.contains(UInt8(ascii: ":")) {
            throw ListenAddressError(text: text, message: "an IPv6 address stands in brackets: [address]:port")
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }) else {
            throw ListenAddressError(text: text, message: "the host holds a character that no host name has")
        }
        self = .tcp(host: host.isEmpty ? nil : host, port: port)
    }
}

extension ListenAddress: CustomStringConvertible {
    /// As it would stand in `--web.listen-address`.
    public var description: String {
        switch self {
        case .tcp(let host?, let port): host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .tcp(nil, let port): ":\(port)"
        case .inherited(let fd): "inherited socket \(fd)"
        }
    }
}

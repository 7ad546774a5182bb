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
        func fault(_ more: String = "") -> ListenAddressError {
            ListenAddressError(text: text, message: "expected host:port, :port or [::1]:port\(more)")
        }
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { throw fault() }
        let portText = text[text.index(after: colon)...]
        var host = String(text[..<colon])
        guard !text.utf8.contains(UInt8(ascii: ",")) else { throw fault(", one address each") }
        guard host != "*" else { throw fault("; a missing host means all addresses: ':\(portText)'") }
        guard !portText.isEmpty, portText.utf8.count <= 5, portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(portText), (0...65535).contains(port)
        else { throw fault(" with a port from 0 to 65535") }
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.utf8.count > 2 else { throw fault() }
            host = String(host.dropFirst().dropLast())
            guard host.utf8.contains(UInt8(ascii: ":")), host.utf8.allSatisfy(Self.isInAddress) else {
                throw fault(" with an IPv6 address between [ and ]")
            }
        } else if host.utf8.contains(UInt8(ascii: ":")) {
            let isAddress = host.utf8.allSatisfy { "0123456789abcdefABCDEF:.".utf8.contains($0) }
            throw fault(isAddress ? "; an IPv6 address stands in brackets" : "")
        } else if !host.utf8.allSatisfy(Self.isInName) {
            throw fault("; a host is a name or an address")
        }
        self = .tcp(host: host.isEmpty ? nil : host, port: port)
    }

    /// Whether a host name or IPv4 address may hold it.
    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._".utf8.contains(byte)
        }
    }

    /// Whether an IPv6 address may hold it, with the zone of a link-local one (RFC 4007 11).
    private static func isInAddress(_ byte: UInt8) -> Bool {
        isInName(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%")
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

/// Small readers over the bytes of a request's head.
extension Span<UInt8> {
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        var index = start
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// The bytes as text, each taken for a character of ASCII; others become U+FFFD.
    var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for index in indices { bytes.append(self[index]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What is left of the bytes from `start` on without blanks and tabs at both ends.
    func trimmedRange(from start: Int) -> Range<Int> {
        var start = start
        var end = count
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
        while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }

    /// Whether the first `count` bytes are `name`, in either case.
    func matches(_ name: StaticString, count: Int) -> Bool {
        guard count == name.utf8CodeUnitCount, count <= self.count else { return false }
        var index = 0
        for byte in "\(name)".utf8 {
            guard self[index] | 0x20 == byte || self[index] == byte else { return false }
            index += 1
        }
        return true
    }
}

extension UInt8 {
    /// A character of a token (RFC 9110 §5.6.2): a method or the name of a field.
    var isTokenCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// A printable character that may stand in a target. A fragment never does (RFC 9112 §3.2); a few characters
    /// that RFC 3986 wants escaped are let through, as browsers send them so in a query.
    var isTargetCharacter: Bool {
        (0x21...0x7e).contains(self) && self != UInt8(ascii: "#") && self != UInt8(ascii: "\\")
            && self != UInt8(ascii: "<") && self != UInt8(ascii: ">")
    }

    /// A character of `Host`: a name, an IPv4 or a bracketed IPv6 address, and a port (RFC 9110 §7.2).
    var isHostCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "~"), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}

/// Percent signs of request targets (RFC 3986 §2.1).
enum PercentCoding {
    /// A query's name or value: `+` is a space, a percent sign without two digits stands for itself, and bytes that
    /// are no UTF-8 become U+FFFD, because a query only ever filters.
    static func decodeForm(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                if let (value, next) = pair(of: text, at: index) {
                    bytes.append(value)
                    index = next
                } else {
                    bytes.append(byte)
                }
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A path: nil where a percent sign is not followed by two digits, or the bytes are no UTF-8.
    static func decodePath(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let (value, next) = pair(of: text, at: index) else { return nil }
            bytes.append(value)
            index = next
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func pair(
        of text: Substring.UTF8View, at index: Substring.UTF8View.Index
    ) -> (UInt8, Substring.UTF8View.Index)? {
        guard index < text.endIndex else { return nil }
        let second = text.index(after: index)
        guard second < text.endIndex, let high = hexValue(text[index]), let low = hexValue(text[second]) else {
            return nil
        }
        return (high << 4 | low, text.index(after: second))
    }

    /// The value of a hexadecimal digit in either case.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

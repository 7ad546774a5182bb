/// Percent-encoding as the vendor's signer does it (RFC 3986: all but the unreserved characters, upper-case digits).
enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// One path segment or one name or value of a query. `/`, `:` and `!` are encoded too.
    static func encode(_ text: some StringProtocol) -> String {
        encode(text.utf8, keepingSlashes: false)
    }

    /// A path that is already encoded, or not, in the one form that is signed: each segment decoded and encoded anew.
    static func canonicalPath(_ path: String) -> String {
        encode(decodedBytes(path), keepingSlashes: true)
    }

    private static func encode(_ source: some Collection<UInt8>, keepingSlashes: Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count * 3 / 2)
        for byte in source {
            if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text with each well-formed `%XX` decoded; anything else stays as it is, as in Python's `unquote`.
    static func decode(_ text: String) -> String { String(decoding: decodedBytes(text), as: UTF8.self) }

    private static func decodedBytes(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let high = value(source[index + 1]), let low = value(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return bytes
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

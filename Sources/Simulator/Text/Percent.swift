/// Percent-encoding as the vendor's signing rules want it: everything but the unreserved characters of RFC 3986.
enum Percent {
    /// The text behind an encoded one; `+` stays `+`. Nil when a `%` is not followed by two hexadecimal digits.
    static func decode(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(Hex.value), let low = iterator.next().flatMap(Hex.value) else {
                return nil
            }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    /// As `decode`, as text; nil also where the bytes are not UTF-8.
    static func decodeText(_ text: some StringProtocol) -> String? {
        guard let bytes = decode(text.utf8) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Appends the encoded form: unreserved characters as they are, all others as `%XX` in capitals.
    static func append(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                output.append(byte)
            default:
                output.append(UInt8(ascii: "%"))
                output.append(Hex.capitalDigit(byte >> 4))
                output.append(Hex.capitalDigit(byte & 15))
            }
        }
    }
}

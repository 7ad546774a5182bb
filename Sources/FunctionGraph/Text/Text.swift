/// Small helpers on text that the standard library lacks.
enum Text {
    /// `text` without white space at its ends.
    static func trim(_ text: some StringProtocol) -> String {
        if isVisible(text.unicodeScalars.first), isVisible(text.unicodeScalars.last) { return String(text) }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(String.UnicodeScalarView(scalars[first...last]))
    }

    /// Whether it is a printing ASCII character, so that there is certainly nothing to trim.
    private static func isVisible(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return (0x21...0x7E).contains(scalar.value)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Lower-case hexadecimal digits of `bytes`.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

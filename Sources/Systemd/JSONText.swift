import Logging

/// JSON as RFC 8259 wants it, written without an encoder: strings, and metadata values that nest.
enum JSONText {
    /// Appends a string with its quotation marks. Beside what must be escaped, DEL and the C1 controls are, so that a
    /// line shown on a terminal does nothing to it, and U+2028 and U+2029, which some readers take for line ends.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: bytes.append(contentsOf: #"\""#.utf8)
            case 0x5C: bytes.append(contentsOf: #"\\"#.utf8)
            case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
            case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
            case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: appendEscape(scalar.value, to: &bytes)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a metadata value: a string, an array or an object with its keys sorted.
    static func append(_ value: Logger.MetadataValue, to bytes: inout [UInt8]) {
        switch value {
        case .string(let text):
            append(text, to: &bytes)
        case .stringConvertible(let something):
            append(something.description, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .dictionary(let values):
            bytes.append(UInt8(ascii: "{"))
            for (index, element) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(element.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// `\uXXXX` of a scalar in the basic plane.
    private static func appendEscape(_ value: UInt32, to bytes: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: #"\u"#.utf8)
        for shift in [12, 8, 4, 0] as [UInt32] {
            bytes.append(digits[Int((value >> shift) & 0xF)])
        }
    }
}

extension Logger.MetadataValue {
    /// The value as one text: strings as they are, arrays and dictionaries as JSON.
    var text: String {
        switch self {
        case .string(let text): return text
        case .stringConvertible(let something): return something.description
        case .array, .dictionary:
            var bytes: [UInt8] = []
            JSONText.append(self, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

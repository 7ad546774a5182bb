/// Appends a text with what both forms escape: the backslash, the line feed and, within quotation marks, those.
func appendEscaped(_ text: String, quotationMarks: Bool, to bytes: inout [UInt8]) {
    // Nearly no text has anything to escape, and appending it whole is one copy.
    guard
        text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\"") })
    else {
        bytes.append(contentsOf: text.utf8)
        return
    }
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
        case UInt8(ascii: "\"") where quotationMarks: bytes.append(contentsOf: #"\""#.utf8)
        default: bytes.append(byte)
        }
    }
}

/// The labels as they stand in a line, but for the closing brace, so that another label can follow:
/// `{a="1",b="2"`. Nothing where there are no labels.
func labelBlock(_ labels: [Label]) -> [UInt8] {
    var bytes: [UInt8] = []
    for label in labels {
        bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        bytes.append(contentsOf: label.name.utf8)
        bytes.append(contentsOf: #"=""#.utf8)
        appendEscaped(label.value, quotationMarks: true, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
    return bytes
}

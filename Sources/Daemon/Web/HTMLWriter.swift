/// Writes HTML; all text that is not markup of ours is escaped on its way in.
struct HTMLWriter {
    private(set) var bytes: [UInt8] = []

    /// Takes what was written so far out.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Markup of ours, as it is.
    mutating func markup(_ html: StaticString) {
        html.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Text from anywhere, escaped for element content and for quoted attribute values alike.
    mutating func text(_ text: some StringProtocol) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): markup("&amp;")
            case UInt8(ascii: "<"): markup("&lt;")
            case UInt8(ascii: ">"): markup("&gt;")
            case UInt8(ascii: "\""): markup("&quot;")
            case UInt8(ascii: "'"): markup("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    /// A number.
    mutating func number(_ number: Int) { text(String(number)) }

    /// `<a href="…" class="…">text</a>`.
    mutating func link(_ href: String, _ label: String, style: StaticString = "") {
        markup("<a class=\"")
        markup(style)
        markup("\" href=\"")
        text(href)
        markup("\">")
        text(label)
        markup("</a>")
    }
}

import FunctionGraph

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
        for byte in text.utf8 { escaped(byte) }
    }

    /// Text from anywhere that may be broken into lines after each `separator`, an ASCII character.
    mutating func breakable(_ text: String, after separator: UInt8) {
        for byte in text.utf8 {
            escaped(byte)
            if byte == separator { markup("<wbr>") }
        }
    }

    /// A number for people.
    mutating func count(_ number: Int) { text(StatusText.count(number)) }

    /// `<a href="…">text</a>`.
    mutating func link(_ href: String, _ label: String) {
        markup("<a href=\"")
        text(href)
        markup("\">")
        text(label)
        markup("</a>")
    }

    /// A moment told in other words, with the moment itself for machines and the mouse.
    mutating func time(_ unixSeconds: Double, _ words: String) {
        markup("<time datetime=\"")
        text(UTCText.rfc3339(unixSeconds))
        markup("\" title=\"")
        text(UTCText.people(unixSeconds))
        markup("\">")
        text(words)
        markup("</time>")
    }

    /// Reason, HTTP status, the vendor's code and words, and the request id to give to its support.
    mutating func failure(_ failure: PollFailure) {
        markup("<b class=\"err\">")
        text(failure.isClockSkew ? "clock skew" : failure.reason.rawValue)
        markup("</b>")
        if let asked = failure.askedInstead { text(" · \(asked)") }
        if let status = failure.httpStatus { text(" · HTTP \(status)") }
        if let code = failure.errorCode { text(" · \(code)") }
        markup("<div class=\"words\">")
        text(failure.message)
        markup("</div>")
        if let id = failure.requestID {
            markup("<div class=\"dim\">request <span class=\"mono\">")
            text(id)
            markup("</span></div>")
        }
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): markup("&amp;")
        case UInt8(ascii: "<"): markup("&lt;")
        case UInt8(ascii: ">"): markup("&gt;")
        case UInt8(ascii: "\""): markup("&quot;")
        case UInt8(ascii: "'"): markup("&#39;")
        // HTML knows no other control characters, not even as references (WHATWG HTML §13.2.3.5).
        case 0..<0x20 where byte != 0x0A && byte != 0x09, 0x7F: markup("&#xFFFD;")
        default: bytes.append(byte)
        }
    }
}

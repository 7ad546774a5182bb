/// A list with weights, as in `Accept` and `Accept-Encoding` (RFC 9110 §12.4.2).
///
/// Reads leniently, as servers do: an element that cannot be read is left out, never a fault.
struct QualityList {
    struct Element {
        /// What is named, in lower case: `text/plain`, `gzip`, `*`.
        let value: String
        /// The parameters but `q`, names in lower case, quotes taken off.
        let parameters: [(name: String, value: String)]
        /// The weight in thousandths, 0 to 1000; 1000 where none is given.
        let quality: Int

        func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
    }

    let elements: [Element]

    init(_ text: String) {
        elements = Self.split(text.utf8[...], at: UInt8(ascii: ",")).compactMap(Self.element)
    }

    private static func element(_ text: Substring.UTF8View) -> Element? {
        let parts = split(text, at: UInt8(ascii: ";"))
        guard let first = parts.first else { return nil }
        let value = trimmed(first).lowercased()
        guard !value.isEmpty else { return nil }
        var quality = 1000
        var parameters: [(name: String, value: String)] = []
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = trimmed(part[..<equals]).lowercased()
            let value = unquoted(trimmed(part[part.index(after: equals)...]))
            if name == "q" {
                // What cannot be read does not count as wanted.
                quality = thousandths(value) ?? 0
            } else {
                parameters.append((name, value))
            }
        }
        return Element(value: value, parameters: parameters, quality: quality)
    }

    /// `0`, `0.5`, `1.000`: at most three decimals (RFC 9110 §12.4.2); more are cut, as scrapers sometimes send them.
    private static func thousandths(_ text: String) -> Int? {
        guard let value = Double(text), value >= 0, value <= 1 else { return nil }
        return Int((value * 1000).rounded(.down))
    }

    private static func split(_ text: Substring.UTF8View, at separator: UInt8) -> [Substring.UTF8View] {
        var parts: [Substring.UTF8View] = []
        var start = text.startIndex
        var isQuoted = false
        for index in text.indices {
            if text[index] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if text[index] == separator, !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        parts.append(text[start...])
        return parts
    }

    private static func trimmed(_ text: Substring.UTF8View) -> String {
        var text = text
        while let byte = text.first, byte == 0x20 || byte == 0x09 { text = text.dropFirst() }
        while let byte = text.last, byte == 0x20 || byte == 0x09 { text = text.dropLast() }
        return String(Substring(text))
    }

    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast())
    }
}

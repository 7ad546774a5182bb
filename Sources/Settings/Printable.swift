/// Checks of text that goes into log lines, labels and headers.
enum Printable {
    /// Whether a text has no control characters and no line breaks.
    static func isLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
            default: return true
            }
        }
    }

    /// Whether a text is letters, digits and some more in ASCII, of at most so many characters.
    static func isName(_ text: String, and others: String, bytesMax: Int) -> Bool {
        !text.isEmpty && text.utf8.count <= bytesMax
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || others.utf8.contains(byte)
            }
    }

    /// Whether a text is a region's code, which becomes part of a host name.
    static func isRegion(_ text: String) -> Bool {
        isName(text, and: "-", bytesMax: 63) && !text.hasPrefix("-") && !text.hasSuffix("-")
    }

    /// Whether a text is a project id: 32 letters and digits at the vendor, other lengths in other editions.
    static func isProject(_ text: String) -> Bool {
        isName(text, and: "-_", bytesMax: 64)
    }
}

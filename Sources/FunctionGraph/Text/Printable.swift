/// Text from outside made fit for a log line, a page or a label: one line, printable, bounded.
enum Printable {
    /// `text` on one line: runs of white space become one space, everything else that does not print (control and
    /// format characters, bidirectional overrides, unassigned and private code points) is left out, and at most
    /// `limit` Unicode scalars are kept, so that the result is bounded in bytes as well.
    static func line(_ text: some StringProtocol, limit: Int) -> String {
        // Nearly every text needs nothing done to it.
        if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return String(text) }
        var result = String.UnicodeScalarView()
        var count = 0
        var spacePending = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                spacePending = count > 0
                continue
            }
            guard isPrintable(scalar) else { continue }
            if spacePending {
                guard count + 1 < limit else { break }
                result.append(" ")
                count += 1
                spacePending = false
            }
            guard count < limit else { break }
            result.append(scalar)
            count += 1
        }
        return String(result)
    }

    /// Whether a scalar shows something by itself and changes nothing about its neighbours' order.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return false
        default:
            return true
        }
    }
}

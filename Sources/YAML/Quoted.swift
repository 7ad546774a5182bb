/// Text of a file as it is quoted in a message: one line, printable, not too long.
public enum Quoted {
    private static let charactersMax = 60

    /// `'text'`, with control characters escaped and the end left out where it is long.
    public static func text(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < charactersMax else { return "'\(shown)…'" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: shown.unicodeScalars.append(scalar)
            }
            count += 1
        }
        return "'\(shown)'"
    }
}

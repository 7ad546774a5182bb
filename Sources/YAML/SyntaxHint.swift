/// Says in the writer's words what libyaml says in its own.
enum SyntaxHint {
    /// What libyaml says of a character that no value can begin with.
    static let badStart = "found character that cannot start any token"

    /// The same with the character: usually a tab, or text that needs quotes.
    static func badStart(_ scalar: Unicode.Scalar?) -> String {
        switch scalar {
        case "\t": "found a tab, expected spaces for indentation"
        case .some(let scalar) where scalar.isASCII && scalar.value > 0x20:
            "text that begins with \(scalar) needs quotes"
        default: badStart
        }
    }

    /// What usually is the reason, to be appended.
    static func hint(_ message: String) -> String {
        if message.hasPrefix("mapping values are not allowed") {
            return ": wrong indentation, or text with ': ' that needs quotes"
        }
        if message.hasPrefix("did not find expected key") || message.hasPrefix("did not find expected '-' indicator") {
            return ": wrong indentation, or text that needs quotes"
        }
        return ""
    }
}

/// Why a text is no URN of a function.
public struct FunctionURNError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text as given, printable and cut to 200 characters.
    public let text: String
    /// What was expected, without the text itself.
    public let message: String

    init(text: String, message: String) {
        self.text = Printable.line(text, limit: 200)
        self.message = message
    }

    /// The text and what was expected of it.
    public var description: String { "'\(text)' is no function URN: \(message)" }
}

/// What is wrong with a profile of the SDK, without any value of it.
public struct ProfileFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// For an operator.
    public let message: String
    /// Of the file, from 1; nil where the fault is not about a line.
    public let line: Int?
    /// Whether the text of the file is wrong, which no time mends; otherwise it is missing or cannot be read.
    public let isOfText: Bool

    /// A fault with this message, which must not tell anything of a file's contents.
    public init(message: String, line: Int? = nil, isOfText: Bool = false) {
        self.message = message
        self.line = line
        self.isOfText = isOfText
    }

    /// The message.
    public var description: String { message }
}

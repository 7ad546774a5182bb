/// Something wrong in a file's text, or with the file itself, for the person who wrote it.
public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as its user would name it.
    public let file: String
    /// Where in the file; nil where the fault is not about a place (a file that cannot be read).
    public let mark: Mark?
    /// What is wrong and what was expected, in one line. Never holds a secret.
    public let message: String

    /// A fault at a place of a file.
    public init(file: String, mark: Mark?, message: String) {
        self.file = file
        self.mark = mark
        self.message = message
    }

    /// `FILE:LINE:COLUMN: message`, without a mark `FILE: message`.
    public var description: String {
        guard let mark else { return "\(file): \(message)" }
        return "\(file):\(mark): \(message)"
    }
}

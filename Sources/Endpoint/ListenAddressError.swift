/// A listen address that cannot be read.
public struct ListenAddressError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address as it was given.
    public let text: String
    /// What was expected.
    public let message: String

    /// The address and what was expected of it, on one line.
    public var description: String { "listen address '\(text)': \(message)" }
}

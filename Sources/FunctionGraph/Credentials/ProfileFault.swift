/// What is wrong with a profile of the SDK, without any value of it.
public struct ProfileFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// For an operator.
    public let message: String

    /// A fault with this message, which must not tell anything of a file's contents.
    public init(message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}

/// What is wrong with a profile of the SDK, without any value of it.
public struct ProfileFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// For an operator.
    public let message: String
    /// The message.
    public var description: String { message }
}

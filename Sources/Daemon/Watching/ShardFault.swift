/// A `--shard` that means nothing.
public struct ShardFault: Error, Sendable, CustomStringConvertible {
    /// What was wrong and what was expected.
    public let message: String

    /// The message.
    public var description: String { message }
}

/// A node of a YAML text with the place where it begins.
///
/// Scalars are kept as text: what is read decides about the type (`team: no` is the text `no`).
public struct Node: Sendable, Equatable {
    /// Where the node begins. For an alias it is the place of the alias, not of its anchor.
    public let mark: Mark
    /// What the node holds.
    public let content: Content

    /// What a node holds.
    public indirect enum Content: Sendable, Equatable {
        /// A scalar. `plain` tells `no` (true) from `"no"` (false); a missing value is the plain scalar "".
        case scalar(String, plain: Bool)
        /// A list.
        case sequence([Node])
        /// A mapping in the order of the text; no key stands twice.
        case mapping([Entry])
    }

    /// A node that begins at this place.
    public init(mark: Mark, content: Content) {
        self.mark = mark
        self.content = content
    }

    /// Whether there is no value at all, as in `key:` with nothing after it.
    public var isMissing: Bool { content == .scalar("", plain: true) }
}

/// A key of a mapping and its value.
public struct Entry: Sendable, Equatable {
    /// The key as text.
    public let key: String
    /// Where the key begins.
    public let keyMark: Mark
    /// The value.
    public let value: Node

    /// An entry whose key begins at this place.
    public init(key: String, keyMark: Mark, value: Node) {
        self.key = key
        self.keyMark = keyMark
        self.value = value
    }
}

/// A label of a series.
public struct Label: Sendable, Hashable {
    /// The label's name: letters, digits and `_`, not beginning with a digit or with `__`.
    public let name: String

    /// Its value, any text; it is escaped when it is rendered.
    public let value: String

    /// A label as it is, unescaped.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A label as it is, unescaped.
    public init(name: String, value: String) {
        self.init(name, value)
    }
}

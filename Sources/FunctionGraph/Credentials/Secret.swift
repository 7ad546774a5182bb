/// A value that must not be seen. Whatever prints, dumps, interpolates or reflects it shows `<secret>`; only
/// `reveal()` gives it away, so that each place that does is found by its name.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Wraps `value` as it is; a trailing line break is the reader's to remove.
    public init(_ value: String) { self.value = value }

    /// The value itself, for the wire only.
    public func reveal() -> String { value }

    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

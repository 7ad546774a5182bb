/// Where certificates or a key come from.
public enum PEMSource: Sendable, Hashable {
    /// A file, read when the security is made.
    case file(String)
    /// The PEM text itself.
    case text(String)
}

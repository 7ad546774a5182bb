/// Why a secret could not be read. Names where it should be, never what it is.
public struct SecretFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Kind: Sendable, Hashable {
        /// Not there, not readable, or empty: what time can mend.
        case missing
        /// There, but nothing that can be a secret: not UTF-8, control characters, too long.
        case unusable
        /// A credential, looked for outside of the unit or by one of its control processes (`ExecReload=`), to which
        /// systemd does not give it: it cannot be seen from here.
        case notCheckable
    }

    /// What kind of fault it is.
    public let kind: Kind
    /// What is wrong, in one line.
    public let message: String

    /// A fault of this kind.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// Why a web configuration cannot be used. Holds no secret.
public struct WebSecurityFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field of exporter-toolkit's schema that is at fault: `cert_file`, `basic_auth_users`.
    public let field: String
    /// What is wrong, on one line.
    public let message: String
    /// Whether the fault is a file's that time can mend: missing, or not readable.
    public let isFileFault: Bool

    /// Field and message on one line.
    public var description: String { "\(field): \(message)" }

    init(_ field: String, _ message: String, isFileFault: Bool = false) {
        self.field = field
        self.message = message
        self.isFileFault = isFileFault
    }
}

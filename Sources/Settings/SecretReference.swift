/// Where a secret is kept; never the secret itself.
public enum SecretReference: Sendable, Hashable, CustomStringConvertible {
    /// A file of this name in systemd's credentials directory, taken when the unit starts.
    case credential(String)
    /// A file, by absolute path; read again when it changes.
    case file(String)
    /// A variable of the environment.
    case env(String)

    /// As it stands in the configuration: `{file: PATH}`.
    public var description: String {
        switch self {
        case .credential(let name): "{credential: \(name)}"
        case .file(let path): "{file: \(path)}"
        case .env(let name): "{env: \(name)}"
        }
    }
}

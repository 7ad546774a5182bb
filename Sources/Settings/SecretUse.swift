public import YAML

/// A secret that the configuration names, with the place where it does.
public struct SecretUse: Sendable, Equatable {
    /// The account it belongs to.
    public let account: String
    /// The setting, for instance `access_key.secret`.
    public let setting: String
    /// Where it is kept.
    public let reference: SecretReference
    /// Where the configuration names it.
    public let mark: Mark
}

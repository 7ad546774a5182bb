/// Who asks the cloud, and for which projects.
public struct AccountSettings: Sendable, Equatable {
    /// The name, unique among the accounts.
    public var name: String
    /// The project ids it answers for; nil: all that no other account names.
    public var projects: [String]?
    /// Where its credentials come from.
    public var auth: AuthSettings

    /// An account.
    public init(name: String, projects: [String]?, auth: AuthSettings) {
        self.name = name
        self.projects = projects
        self.auth = auth
    }

    /// The only account of a configuration that names none.
    public static let standard = AccountSettings(name: "default", projects: nil, auth: .environment)
}

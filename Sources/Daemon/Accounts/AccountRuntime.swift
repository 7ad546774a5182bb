import FunctionGraph
import Settings

/// An account in force: its settings and whoever hands out its credentials.
struct AccountRuntime: Sendable {
    let settings: AccountSettings
    let provider: any CredentialProvider
    /// What the provider was made of: a change makes a new provider.
    let secrets: AccountSecrets

    var name: String { settings.name }
    /// What the status page calls the method; never a value.
    var origin: String { secrets.origin }

    /// Whether the provider asks nobody for its credential.
    var isStatic: Bool {
        switch secrets {
        case .accessKey, .token: true
        case .password, .metadata: false
        }
    }
}

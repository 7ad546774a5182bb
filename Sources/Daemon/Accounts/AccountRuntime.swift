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

    /// Whether its provider asks the same servers for credentials under both. One that asks nobody does; another must not
    /// lose its token, nor its pause, because FunctionGraph has moved.
    func asksTheSame(_ old: EndpointSettings?, _ new: EndpointSettings) -> Bool {
        switch secrets {
        case .accessKey, .token: true
        case .password:
            old?.iamTemplate == new.iamTemplate
                && old?.regions.compactMapValues(\.iam) == new.regions.compactMapValues(\.iam)
        case .metadata: old?.metadata == new.metadata
        }
    }

    /// Whether the provider asks nobody for its credential.
    var isStatic: Bool {
        switch secrets {
        case .accessKey, .token: true
        case .password, .metadata: false
        }
    }
}

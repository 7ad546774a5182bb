import FunctionGraph
import Settings

/// An account's secrets, read: what a credential provider is made of.
enum AccountSecrets: Sendable, Equatable {
    /// AK/SK from the configuration, the environment or a profile file.
    case accessKey(AccessKey, origin: String)
    /// An IAM user and password.
    case password(domain: String, user: String, password: Secret)
    /// A token that someone else renews.
    case token(Secret)
    /// Temporary keys from the metadata service.
    case metadata(origin: String)

    /// Every text that must not be shown.
    var values: [Secret] {
        switch self {
        case .accessKey(let key, _): [Secret(key.id), key.secret] + [key.securityToken].compactMap(\.self)
        case .password(_, _, let password): [password]
        case .token(let token): [token]
        case .metadata: []
        }
    }

    /// What the status page calls the method.
    var origin: String {
        switch self {
        case .accessKey(_, let origin): origin
        case .password: "password"
        case .token: "token"
        case .metadata(let origin): origin
        }
    }
}

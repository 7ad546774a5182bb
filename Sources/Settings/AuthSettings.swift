/// Where the credentials of an account come from.
public enum AuthSettings: Sendable, Equatable {
    /// AK/SK, with the security token of temporary keys.
    case accessKey(id: SecretReference, secret: SecretReference, securityToken: SecretReference?)
    /// An IAM user's password: an IAM v3 token per project.
    case password(domain: String, user: String, password: SecretReference)
    /// An X-Auth-Token that someone else renews; the account names exactly one project.
    case token(SecretReference)
    /// Temporary keys from the ECS metadata service.
    case ecsAgency
    /// What the vendor's SDKs would take: variables, profile file, metadata service.
    case environment

    /// The secrets to read, each with the setting that names it.
    public var secrets: [(setting: String, reference: SecretReference)] {
        switch self {
        case .accessKey(let id, let secret, let securityToken):
            [("access_key.id", id), ("access_key.secret", secret)]
                + (securityToken.map { [("access_key.security_token", $0)] } ?? [])
        case .password(_, _, let password): [("password.password", password)]
        case .token(let token): [("token", token)]
        case .ecsAgency, .environment: []
        }
    }
}

import FunctionGraph
import Settings

/// Makes the accounts of a configuration, keeping those that did not change: their tokens stay cached, and what was
/// proven stays proven.
struct AccountBook: Sendable {
    /// The accounts, by name.
    let accounts: [String: AccountRuntime]
    /// Those whose credentials are new or replaced.
    let changed: Set<String>

    /// - Parameters:
    ///   - configuration: The accounts wanted.
    ///   - secrets: What was read for each.
    ///   - previous: The accounts in force.
    ///   - client: What token and metadata calls go through.
    ///   - previousEndpoints: Where the previous accounts asked for their credentials; nil: there are none.
    init(
        _ configuration: Configuration, secrets: [String: AccountSecrets], previous: [String: AccountRuntime],
        client: CloudClient, previousEndpoints: EndpointSettings?
    ) {
        var accounts: [String: AccountRuntime] = [:]
        var changed: Set<String> = []
        for settings in configuration.accounts {
            guard let secrets = secrets[settings.name] else { continue }
            if let known = previous[settings.name], known.secrets == secrets,
                known.asksTheSame(previousEndpoints, configuration.endpoints)
            {
                accounts[settings.name] = AccountRuntime(
                    settings: settings, provider: known.provider, secrets: secrets)
            } else {
                accounts[settings.name] = AccountRuntime(
                    settings: settings, provider: Self.provider(secrets, client: client), secrets: secrets)
                changed.insert(settings.name)
            }
        }
        client.knownSecrets.add(secrets.values.flatMap(\.values))
        self.accounts = accounts
        self.changed = changed
    }

    private static func provider(_ secrets: AccountSecrets, client: CloudClient) -> any CredentialProvider {
        switch secrets {
        case .accessKey(let key, _): StaticCredentialProvider(.accessKey(key))
        case .token(let token): StaticCredentialProvider(.token(token))
        case .password(let domain, let user, let password):
            PasswordTokenProvider(client: client, domain: domain, user: user, password: password)
        case .metadata: AgencyCredentialProvider(client: client)
        }
    }
}

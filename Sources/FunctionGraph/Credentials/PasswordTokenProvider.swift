import Synchronization

/// Tokens of IAM v3 by user and password, one per region and project: cached, fetched once however many wait, renewed
/// before they end. The password is in no description, failure or log.
public final class PasswordTokenProvider: CredentialProvider {
    private struct Scope: Hashable {
        let region: String
        let project: String
    }

    private let client: CloudClient
    private let domain: String
    private let user: String
    private let password: Mutex<Secret>
    private let renewalTimeout: Duration
    private let random: @Sendable () -> Double
    private let tokens = Mutex<[Scope: RenewableCredential]>([:])

    /// - Parameters:
    ///   - renewalTimeout: for each fetch that `maintain` makes.
    ///   - random: 0 to 1, for the jitter of renewals.
    public init(
        client: CloudClient, domain: String, user: String, password: Secret, renewalTimeout: Duration = .seconds(10),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.client = client
        self.domain = domain
        self.user = user
        self.password = Mutex(password)
        self.renewalTimeout = renewalTimeout
        self.random = random
    }

    /// Uses another password from now on; tokens of the old one are dropped, a fetch under way is repeated.
    public func replace(password: Secret) {
        let isNew = self.password.withLock { current in
            defer { current = password }
            return current != password
        }
        guard isNew else { return }
        for token in tokens.withLock({ Array($0.values) }) { token.reset() }
    }

    /// The token for one project.
    public func credential(region: String, project: String, timeout: Duration) async throws(CloudFailure) -> Credential
    {
        try await token(Scope(region: region, project: project)).current(timeout: timeout)
    }

    /// Drops the project's token if it is `credential`.
    public func invalidate(_ credential: Credential, region: String, project: String) async {
        token(Scope(region: region, project: project)).invalidate(credential)
    }

    /// Renews one after the other; the first failure is thrown once all had their turn. Once the password is refused
    /// no other token is renewed with it: a few wrong ones lock the user (IAM's default: five in 15 minutes).
    public func maintain() async throws(CloudFailure) {
        let all = tokens.withLock { tokens in
            tokens = tokens.filter { !$0.value.isAbandoned }
            return Array(tokens.values)
        }
        var first: CloudFailure?
        for token in all {
            do {
                try await token.renewIfDue(timeout: renewalTimeout)
            } catch {
                if error.reason == .cancelled { throw error }
                first = first ?? error
                guard error.reason == .unauthorized else { continue }
                for token in all { token.postponeRenewal(after: error) }
                throw error
            }
        }
        if let first { throw first }
    }

    /// The soonest end of all tokens.
    public func expiryUnixSeconds() async -> Double? {
        tokens.withLock { $0.values.compactMap(\.expiryUnixSeconds).min() }
    }

    /// For tests: how many wait for the fetch of another.
    func waiterCount(region: String, project: String) -> Int {
        token(Scope(region: region, project: project)).waiterCount
    }

    private func token(_ scope: Scope) -> RenewableCredential {
        tokens.withLock { tokens in
            if let known = tokens[scope] { return known }
            let new = RenewableCredential(.createToken, now: client.now, jitter: random) {
                [weak self] timeout async throws(CloudFailure) in
                try await Self.fetch(self, scope, timeout)
            }
            tokens[scope] = new
            return new
        }
    }

    private static func fetch(_ provider: PasswordTokenProvider?, _ scope: Scope, _ timeout: Duration)
        async throws(CloudFailure) -> IssuedCredential
    {
        guard let provider else {
            throw CloudFailure(operation: .createToken, reason: .cancelled, message: "the account is gone")
        }
        return try await provider.client.createToken(
            region: scope.region, project: scope.project, domain: provider.domain, user: provider.user,
            password: provider.password.withLock { $0 }, timeout: timeout)
    }
}

import Synchronization

/// Temporary keys of the agency that the virtual machine has, from its metadata service; never through a proxy.
///
/// The hardened variant is tried first: a token by PUT, sent along with the GET. A service that answers the PUT with
/// 404, 405 or 503 does not have it and is asked without, for 24 hours; a GET answered with 401 fetches a new token
/// once (all as the vendor's SDK does).
public final class AgencyCredentialProvider: CredentialProvider {
    private enum Hardening {
        case unknown
        case token(Secret, untilUnixSeconds: Double)
        case absent(untilUnixSeconds: Double)
    }

    /// For one exchange, as in the vendor's SDK: the service is on the same host.
    static let exchangeTimeout = Duration.seconds(3)

    private let client: CloudClient
    private let renewalTimeout: Duration
    /// Written only by the one fetch under way.
    private let hardening: MutexBox<Hardening>
    private let key: RenewableCredential

    /// - Parameters:
    ///   - renewalTimeout: for each fetch that `maintain` makes.
    ///   - random: 0 to 1, for the jitter of renewals.
    public init(
        client: CloudClient, renewalTimeout: Duration = .seconds(10),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        let hardening = MutexBox(Hardening.unknown)
        self.client = client
        self.renewalTimeout = renewalTimeout
        self.hardening = hardening
        key = RenewableCredential(.metadata, now: client.now, jitter: random) { timeout async throws(CloudFailure) in
            try await Self.fetch(client, hardening, timeout)
        }
    }

    /// The machine's key; region and project do not matter.
    public func credential(region: String, project: String, timeout: Duration) async throws(CloudFailure) -> Credential
    {
        try await key.current(timeout: timeout)
    }

    /// Drops the key if it is `credential`.
    public func invalidate(_ credential: Credential, region: String, project: String) async {
        key.invalidate(credential)
    }

    /// Renews the key if it is due.
    public func maintain() async throws(CloudFailure) { try await key.renewIfDue(timeout: renewalTimeout) }

    /// The end of the key.
    public func expiryUnixSeconds() async -> Double? { key.expiryUnixSeconds }

    private static func fetch(_ client: CloudClient, _ hardening: MutexBox<Hardening>, _ timeout: Duration)
        async throws(CloudFailure) -> IssuedCredential
    {
        let deadline = client.monotonicNow() + timeout
        let token = try await token(client, hardening, deadline, isDemanded: false)
        do {
            return try await client.metadataKey(token: token, timeout: rest(client, deadline))
        } catch {
            guard error.httpStatus == 401 else { throw error }
            // The token has ended, or the service has become a hardened one.
            hardening.set(.unknown)
            guard let token = try await Self.token(client, hardening, deadline, isDemanded: true) else { throw error }
            return try await client.metadataKey(token: token, timeout: rest(client, deadline))
        }
    }

    private static func token(
        _ client: CloudClient, _ hardening: MutexBox<Hardening>, _ deadline: Duration, isDemanded: Bool
    ) async throws(CloudFailure) -> Secret? {
        switch hardening.get() {
        case .token(let token, let end) where client.now() < end: return token
        case .absent(let end) where client.now() < end && !isDemanded: return nil
        default: break
        }
        do {
            let token = try await client.metadataToken(timeout: rest(client, deadline))
            // A minute early, so that it never ends on the way.
            let end = client.now() + Double(CloudClient.metadataTokenLifeSeconds - 60)
            hardening.set(.token(token, untilUnixSeconds: end))
            return token
        } catch {
            guard let status = error.httpStatus, [404, 405, 503].contains(status) else { throw error }
            hardening.set(.absent(untilUnixSeconds: client.now() + 86_400))
            return nil
        }
    }

    private static func rest(_ client: CloudClient, _ deadline: Duration) -> Duration {
        max(.milliseconds(1), min(exchangeTimeout, deadline - client.monotonicNow()))
    }
}

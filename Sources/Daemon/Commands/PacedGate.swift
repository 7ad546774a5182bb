import FunctionGraph
import Settings
import Synchronization

/// Lets the listing of a `query` through at the configured rate.
final class PacedGate: ListingGate {
    private let settings: DiscoverySettings
    private let account: AccountRuntime
    private let timeout: Duration
    private let pause: Duration
    private let refused = Mutex<Credential?>(nil)

    init(settings: DiscoverySettings, account: AccountRuntime, timeout: Duration, requestsPerSecond: Double) {
        self.settings = settings
        self.account = account
        self.timeout = timeout
        pause = .seconds(1 / requestsPerSecond)
    }

    func begin() async throws(CloudFailure) -> Credential {
        let refused = refused.withLock { refused in
            defer { refused = nil }
            return refused
        }
        if let refused {
            await account.provider.invalidate(refused, region: settings.region, project: settings.project)
        }
        return try await account.provider.credential(
            region: settings.region, project: settings.project, timeout: timeout)
    }

    func end(_ credential: Credential, _ failure: CloudFailure?) async {
        if failure?.reason == .unauthorized { refused.withLock { $0 = credential } }
        try? await Task.sleep(for: pause)
    }
}

import FunctionGraph
import Polling
import Settings
import Synchronization

/// Lets a listing's requests through one by one, each with a permit of the poll loop.
final class PermitGate: ListingGate {
    private let settings: DiscoverySettings
    private let account: AccountRuntime
    private let mailbox: PollMailbox
    private let timeout: Duration
    /// The permit of the request under way, and the credential to renew before the next.
    private let state = Mutex<(permit: Int?, refused: Credential?)>((nil, nil))

    init(settings: DiscoverySettings, account: AccountRuntime, mailbox: PollMailbox, timeout: Duration) {
        self.settings = settings
        self.account = account
        self.mailbox = mailbox
        self.timeout = timeout
    }

    func begin() async throws(CloudFailure) -> Credential {
        guard let permit = await mailbox.permit(settings) else {
            throw CloudFailure(operation: .listFunctions, reason: .cancelled, message: "discovery was ended by us")
        }
        let refused = state.withLock { state in
            defer { state = (permit, nil) }
            return state.refused
        }
        if let refused {
            await account.provider.invalidate(refused, region: settings.region, project: settings.project)
        }
        do throws(CloudFailure) {
            return try await account.provider.credential(
                region: settings.region, project: settings.project, timeout: timeout)
        } catch {
            finish(error)
            throw error
        }
    }

    func end(_ credential: Credential, _ failure: CloudFailure?) async {
        if let failure, failure.reason == .unauthorized { state.withLock { $0.refused = credential } }
        finish(failure)
    }

    private func finish(_ failure: CloudFailure?) {
        let permit = state.withLock { state in
            defer { state.permit = nil }
            return state.permit
        }
        guard let permit else { return }
        let outcome = failure.map { AttemptOutcome.failed(AttemptFailure($0)) } ?? .answered(creating: false)
        mailbox.send(.permitEnded(permit, outcome))
    }
}

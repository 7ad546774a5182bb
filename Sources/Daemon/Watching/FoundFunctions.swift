import FunctionGraph
import Settings
import Synchronization

/// What the first listing of a `discover` entry has found and not yet told: told in batches, because each makes the
/// watch list anew.
final class FoundFunctions: Sendable {
    /// How long what was found may wait for more.
    private static let batchLength: Duration = .seconds(5)

    private let settings: DiscoverySettings
    private let mailbox: PollMailbox
    private let waiting: Mutex<(urns: [FunctionURN], since: ContinuousClock.Instant)>

    init(settings: DiscoverySettings, mailbox: PollMailbox) {
        self.settings = settings
        self.mailbox = mailbox
        waiting = Mutex(([], .now))
    }

    /// Takes what was found; what is left when the listing ends comes with its result.
    func add(_ urns: [FunctionURN]) {
        let batch = waiting.withLock { waiting -> [FunctionURN] in
            waiting.urns += urns
            guard ContinuousClock.now - waiting.since >= Self.batchLength else { return [] }
            defer { waiting = ([], .now) }
            return waiting.urns
        }
        if !batch.isEmpty { mailbox.send(.listingFound(settings, batch)) }
    }
}

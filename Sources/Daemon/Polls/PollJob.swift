import FunctionGraph
import Polling
import Settings

/// Work that goes on beside the loop and comes back through the mailbox.
enum PollJob: Sendable {
    /// One request of a poll, and which life of its row asked: an answer for an earlier one is dropped.
    case attempt(Attempt, generation: UInt32, AttemptJob)
    /// A listing of a `discover` entry.
    case listing(ListingJob)
    /// Looking after an account's credentials.
    case upkeep(AccountRuntime)

    /// Whether its steps are short enough for the event loop. The pages of a listing are long.
    var isShort: Bool {
        switch self {
        case .attempt, .upkeep: true
        case .listing: false
        }
    }

    /// Does it and reports.
    func run(_ mailbox: PollMailbox) async {
        switch self {
        case .attempt(let attempt, let generation, let job):
            let report = await job.run()
            mailbox.send(.attemptEnded(attempt, generation: generation, report))
        case .listing(let job):
            let result = await job.run(mailbox)
            mailbox.send(.listingEnded(job.settings, result))
        case .upkeep(let account):
            var failure: CloudFailure?
            do throws(CloudFailure) { try await account.provider.maintain() } catch { failure = error }
            let upkeep = CredentialUpkeep(
                expiryUnixSeconds: await account.provider.expiryUnixSeconds(), failure: failure)
            mailbox.send(.maintained(account: account.name, upkeep))
        }
    }
}

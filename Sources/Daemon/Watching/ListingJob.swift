import FunctionGraph
import Settings

/// One listing of a `discover` entry: whole, or a failure that changes nothing.
struct ListingJob: Sendable {
    let settings: DiscoverySettings
    let account: AccountRuntime
    let client: CloudClient
    /// Of each request.
    let timeout: Duration
    /// Whether functions are watched as they are found: where there is no complete listing yet, a large project would
    /// otherwise go unwatched for many minutes after each start.
    let isFirst: Bool

    /// Lists. Each request waits for the poll loop's permit, so that discovery takes its share of the rate only and
    /// holds, pauses and throttling are one thing for polls and listings.
    func run(_ mailbox: PollMailbox) async -> Result<[FunctionURN], CloudFailure> {
        let found = FoundFunctions(settings: settings, mailbox: mailbox)
        let gate = PermitGate(settings: settings, account: account, mailbox: mailbox, timeout: timeout)
        do throws(CloudFailure) {
            return .success(
                try await DiscoveryLister(client: client).list(
                    region: settings.region, project: settings.project, selection: settings.selection,
                    timeout: timeout, gate: gate, progress: { if isFirst { found.add($0) } }))
        } catch {
            return .failure(error)
        }
    }
}

extension DiscoverySettings {
    /// The settings as the lister wants them.
    var selection: DiscoverySelection {
        let versions: DiscoverySelection.Versions =
            switch self.versions {
            case .latestPublished: .latestPublished
            case .published: .published
            case .aliases: .aliases
            }
        return DiscoverySelection(
            package: Glob(package), name: Glob(name), runtime: Glob(runtime), versions: versions)
    }
}

import FunctionGraph
import Settings

/// Everything the poll loop knows, at one moment: what the pages and `STATUS=` are made of.
struct PollStatus: Sendable {
    /// In the order of the watch list.
    var functions: [FunctionRecord]
    var summary: PollSummary
    var accounts: [AccountState]
    var projects: [ProjectState]
    var discoveries: [DiscoveryState]
    /// Functions that `limits.functions` left out.
    var ignored: Int
    /// Names of the watch list's labels.
    var labelNames: [String]
    /// How long the most overdue poll has been due, in seconds.
    var lagSeconds: Double
    /// Unix time in seconds of this picture.
    var nowUnixSeconds: Double

    /// An account of the configuration.
    struct AccountState: Sendable {
        let name: String
        /// What it asks with: `access_key`, `password`, …; never a value.
        let method: String
        let isPaused: Bool
        let isProven: Bool
        /// When the next trial may be sent, in seconds from now.
        let nextTrialSeconds: Double?
        let expiryUnixSeconds: Double?
        let failure: PollFailure?
        let functions: Int
    }

    /// A region and project.
    struct ProjectState: Sendable {
        let id: ProjectID
        let functions: Int
        /// What it allows itself now, and what is configured.
        let requestsPerSecond: Double
        let configuredRequestsPerSecond: Double
        let throttleWaitSeconds: Double
        let inFlight: Int
        let waiting: Int
        /// Why it is held, or `nil`.
        let heldBecause: FailureReason?
        /// One fair turn, in seconds, where the rate cannot serve the configured intervals.
        let effectiveTurnSeconds: Double
        let isSwitchPolled: Bool
    }

    /// A `discover` entry.
    struct DiscoveryState: Sendable {
        let settings: DiscoverySettings
        let functions: Int
        let lastSuccessUnixSeconds: Double?
        let failure: PollFailure?
        let isListing: Bool
    }
}

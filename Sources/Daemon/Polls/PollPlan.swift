import FunctionGraph
import Settings

/// A configuration on its way into force, with what was made for it.
struct PollPlan: Sendable {
    let configuration: Configuration
    /// By name.
    let accounts: [String: AccountRuntime]
    /// Accounts whose credentials are new: a pause of theirs ends.
    let changedAccounts: Set<String>
    let client: CloudClient
    /// Whether somebody asked for this reload: then the switch is asked again where it was given up.
    let isReload: Bool
    /// Whether endpoints, proxy or TLS have changed: held projects are tried at once.
    var isNewWay = false
}

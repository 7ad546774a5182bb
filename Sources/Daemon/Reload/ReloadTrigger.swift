import YAML

/// What makes the configuration be read.
enum ReloadTrigger: Sendable {
    /// `SIGHUP`.
    case signal
    /// `POST /-/reload`: the caller waits for the faults.
    case request(CheckedContinuation<[Fault]?, Never>)
    /// Time to look whether files changed.
    case look
}

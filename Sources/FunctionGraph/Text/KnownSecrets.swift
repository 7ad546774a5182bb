import Synchronization

/// Every secret this process has been given or issued, so that none of them is shown, whoever echoes it: a gateway may
/// answer one account with what another sent.
public final class KnownSecrets: Sendable {
    /// So many are kept, the last ones: tokens of several kilobytes come and go for months. One that is still in use
    /// comes back with its next request.
    private static let most = 256

    private struct State {
        var order: [Secret] = []
        var known: Set<Secret> = []
        /// Made when it is first needed after a change.
        var redaction: Redaction?
    }

    private let state = Mutex(State())

    /// None yet.
    public init() {}

    /// Takes note of secrets; those that are known already cost next to nothing.
    public func add(_ secrets: [Secret]) {
        state.withLock { state in
            for secret in secrets where state.known.insert(secret).inserted {
                state.order.append(secret)
                state.redaction = nil
                if state.order.count > Self.most { state.known.remove(state.order.removeFirst()) }
            }
        }
    }

    /// The text without any of them.
    func redact(_ text: String) -> String {
        let redaction = state.withLock { state in
            if let made = state.redaction { return made }
            let new = Redaction(secrets: state.order)
            state.redaction = new
            return new
        }
        return redaction(text)
    }
}

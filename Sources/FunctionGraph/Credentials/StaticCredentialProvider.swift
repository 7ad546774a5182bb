import Synchronization

/// A credential from configuration, a file or the environment. What is new in a file is handed in with `replace`.
public final class StaticCredentialProvider: CredentialProvider {
    private let current: Mutex<Credential>

    /// Serves `credential` until it is replaced.
    public init(_ credential: Credential) { current = Mutex(credential) }

    /// Serves `credential` from now on.
    public func replace(_ credential: Credential) { current.withLock { $0 = credential } }

    /// What is served now.
    public func credential(region: String, project: String, timeout: Duration) async throws(CloudFailure) -> Credential
    {
        current.withLock { $0 }
    }

    /// Nothing here can be renewed.
    public func invalidate(_ credential: Credential, region: String, project: String) async {}
    /// Nothing here ends.
    public func maintain() async throws(CloudFailure) {}
    /// Always nil.
    public func expiryUnixSeconds() async -> Double? { nil }
}

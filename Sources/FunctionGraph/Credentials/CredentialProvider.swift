/// Where a credential comes from. Implementations are safe to call from many tasks at once; however many wait, one
/// fetch is under way for what they wait for.
public protocol CredentialProvider: Sendable {
    /// The credential to use now, from the cache where it is still valid. `timeout` bounds a fetch of this caller;
    /// a caller that waits for the fetch of another ends with that one's failure, or when it is cancelled.
    func credential(region: String, project: String, timeout: Duration) async throws(CloudFailure) -> Credential

    /// After `unauthorized`: what can be renewed is fetched anew at the next call. Does nothing where `credential`
    /// is no longer the one in use.
    func invalidate(_ credential: Credential, region: String, project: String) async

    /// Renews what was used and nears its end. Called about every ten seconds; a failure leaves what is still valid
    /// in use.
    func maintain() async throws(CloudFailure)

    /// The soonest end of what is in use; nil: nothing, or it does not expire.
    func expiryUnixSeconds() async -> Double?
}

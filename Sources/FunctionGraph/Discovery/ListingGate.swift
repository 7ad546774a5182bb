/// What stands before every request of a discovery: throttle, holds, pauses and credentials are its business.
public protocol ListingGate: Sendable {
    /// Waits until one request may be sent and returns what it proves itself with. Throws `cancelled`, or a failure
    /// of the credential's own fetch, which ends the listing.
    func begin() async throws(CloudFailure) -> Credential

    /// The outcome of the request that `begin` let through; nil: success. Called once for each `begin` that
    /// returned. After `unauthorized` it invalidates the credential if that can help.
    func end(_ credential: Credential, _ failure: CloudFailure?) async
}

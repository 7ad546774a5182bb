/// A credential with an end.
struct IssuedCredential: Sendable, Equatable {
    let credential: Credential
    /// When it was fetched, by the local clock.
    let issuedUnixSeconds: Double
    /// When it ends, by the local clock.
    let expiryUnixSeconds: Double

    private var lifeSeconds: Double { expiryUnixSeconds - issuedUnixSeconds }

    /// Whether a request that is signed now still arrives in time.
    func isUsable(at unixSeconds: Double) -> Bool {
        unixSeconds < expiryUnixSeconds - min(10, max(lifeSeconds, 0) / 10)
    }

    /// When to renew: 5 minutes before the end, less up to a minute of jitter (`jitter` 0 to 1), so that many
    /// processes do not come at once; at about three quarters of a life that has no room for that.
    func renewalUnixSeconds(jitter: Double) -> Double {
        lifeSeconds < Self.roomSeconds
            ? issuedUnixSeconds + lifeSeconds * (0.75 - 0.05 * jitter) : expiryUnixSeconds - 300 + 60 * jitter
    }

    /// With a shorter life, five minutes before the end would be at its beginning.
    private static let roomSeconds = 330.0
}

/// A key pair that signs requests, permanent or temporary.
public struct AccessKey: Sendable, Hashable {
    /// The access key's id (AK). Not secret by itself.
    public let id: String
    /// The secret key (SK).
    public let secret: Secret
    /// Sent as `X-Security-Token` with temporary keys.
    public let securityToken: Secret?

    /// A pair; `securityToken` only with temporary keys.
    public init(id: String, secret: Secret, securityToken: Secret? = nil) {
        self.id = id
        self.secret = secret
        self.securityToken = securityToken
    }
}

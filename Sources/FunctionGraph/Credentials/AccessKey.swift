/// A key pair that signs requests, permanent or temporary. Printing it shows nothing of it: the id goes over the wire
/// in clear, but it is configured as a secret, so it is kept like one.
public struct AccessKey: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The access key's id (AK).
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

    /// Always `<access key>`.
    public var description: String { "<access key>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

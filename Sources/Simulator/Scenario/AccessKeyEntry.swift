/// An access key that the cloud knows.
struct AccessKeyEntry: Sendable {
    let id: String
    let secret: String
    /// Present for temporary keys: the request must then bring it in `X-Security-Token`.
    let securityToken: String?
    /// The projects in which it may call; nil: all.
    let projects: Set<String>?
}

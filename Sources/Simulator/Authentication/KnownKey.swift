/// An access key with what is needed to check what it signed.
struct KnownKey: Sendable {
    let signing: SigningKey
    let securityToken: String?
    let projects: Set<String>?

    static func index(_ entries: [AccessKeyEntry]) -> [String: KnownKey] {
        var index: [String: KnownKey] = [:]
        for entry in entries {
            index[entry.id] = KnownKey(
                signing: SigningKey(accessKey: entry.id, secret: entry.secret), securityToken: entry.securityToken,
                projects: entry.projects)
        }
        return index
    }
}

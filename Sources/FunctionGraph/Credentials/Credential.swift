/// What a request proves itself with.
public enum Credential: Sendable, Hashable {
    /// Signs the request (AK/SK).
    case accessKey(AccessKey)
    /// Goes along as `X-Auth-Token`.
    case token(Secret)

    /// Every text that must not appear in what this program writes.
    var secrets: [Secret] {
        switch self {
        case .accessKey(let key): [Secret(key.id), key.secret] + (key.securityToken.map { [$0] } ?? [])
        case .token(let token): [token]
        }
    }
}

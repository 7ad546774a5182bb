/// The answer to `POST /v3/auth/tokens`: only the end is read, the token itself is in a header.
struct TokenBody: Decodable {
    let expiresAt: String?

    init(from decoder: any Decoder) throws {
        let root = try decoder.container(keyedBy: AnyKey.self)
        let token = try root.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("token"))
        expiresAt = token.scalar("expires_at")
    }
}

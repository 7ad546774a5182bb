import FoundationEssentials

/// The body of `POST /v3/auth/tokens` by password, scoped to a project by its id.
struct TokenRequestBody: Encodable {
    private enum Key: String, CodingKey {
        case auth, identity, methods, password, user, name, domain, scope, project, id
    }

    let domain: String
    let user: String
    let password: Secret
    let project: String

    func encode(to encoder: any Encoder) throws {
        var root = encoder.container(keyedBy: Key.self)
        var auth = root.nestedContainer(keyedBy: Key.self, forKey: .auth)
        var identity = auth.nestedContainer(keyedBy: Key.self, forKey: .identity)
        try identity.encode(["password"], forKey: .methods)
        var method = identity.nestedContainer(keyedBy: Key.self, forKey: .password)
        var user = method.nestedContainer(keyedBy: Key.self, forKey: .user)
        try user.encode(self.user, forKey: .name)
        try user.encode(password.reveal(), forKey: .password)
        try user.encode(["name": domain], forKey: .domain)
        var scope = auth.nestedContainer(keyedBy: Key.self, forKey: .scope)
        try scope.encode(["id": project], forKey: .project)
    }

    /// JSON; encoding texts cannot fail, and if it did, nothing of them would be told.
    func encoded() throws(CloudFailure) -> [UInt8] {
        do {
            return Array(try JSONEncoder().encode(self))
        } catch {
            throw CloudFailure(
                operation: .createToken, reason: .clientError, message: "the token request cannot be written as JSON")
        }
    }
}

/// The answer of `/openstack/latest/securitykey`.
struct SecurityKeyBody: Decodable {
    let key: AccessKey
    let expiresAt: String?

    init(from decoder: any Decoder) throws {
        let root = try decoder.container(keyedBy: AnyKey.self)
        guard let object = try? root.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("credential")) else {
            throw DecodeFault(message: "the answer has no credential; has the machine an agency?")
        }
        guard let id = object.scalar("access"), let secret = object.scalar("secret"), !id.isEmpty, !secret.isEmpty
        else { throw DecodeFault(message: "the answer's credential has no access or no secret") }
        let token = object.scalar("securitytoken").flatMap { $0.isEmpty ? nil : Secret($0) }
        key = AccessKey(id: id, secret: Secret(secret), securityToken: token)
        expiresAt = object.scalar("expires_at")
    }
}

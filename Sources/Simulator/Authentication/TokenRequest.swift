/// The body of a call for a token, as far as the simulator knows it, and the body of the answer.
struct TokenRequest: Decodable {
    struct Auth: Decodable {
        let identity: Identity
        let scope: Scope?
    }

    struct Identity: Decodable {
        let methods: [String]
        let password: Password?
    }

    struct Password: Decodable {
        let user: User
    }

    struct User: Decodable {
        let name: String
        let password: String
        let domain: Named?
    }

    struct Scope: Decodable {
        let project: Named?
    }

    struct Named: Decodable {
        let id: String?
        let name: String?
    }

    let auth: Auth

    static func answer(
        user: UserEntry, project: ProjectEntry?, issuedUnixSeconds: Double, expiresUnixSeconds: Double,
        hasCatalogue: Bool
    ) -> [UInt8] {
        var json = JSONText()
        json.beginObject()
        json.key("token")
        json.beginObject()
        json.field("expires_at", CivilTime.isoText(unixSeconds: expiresUnixSeconds))
        json.field("issued_at", CivilTime.isoText(unixSeconds: issuedUnixSeconds))
        json.key("methods")
        json.raw(#"["password"]"#)
        if let project {
            json.key("project")
            json.beginObject()
            json.field("id", project.id)
            json.field("name", project.name)
            domain(user, &json)
            json.endObject()
        } else {
            domain(user, &json)
        }
        json.key("user")
        json.beginObject()
        json.field("id", "simulated-user-id")
        json.field("name", user.user)
        domain(user, &json)
        json.field("password_expires_at", "")
        json.endObject()
        json.key("roles")
        json.raw(#"[{"id":"0","name":"te_agency"},{"id":"0","name":"op_gated_functiongraph"}]"#)
        json.key("catalog")
        json.raw(hasCatalogue ? #"[{"id":"0","name":"functiongraph","type":"functiongraph","endpoints":[]}]"# : "[]")
        json.endObject()
        json.endObject()
        return json.bytes
    }

    private static func domain(_ user: UserEntry, _ json: inout JSONText) {
        json.key("domain")
        json.beginObject()
        json.field("id", "simulated-domain-id")
        json.field("name", user.domain)
        json.endObject()
    }
}

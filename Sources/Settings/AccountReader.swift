import YAML

/// Reads `accounts`.
struct AccountReader {
    let reading: Reading
    private var faults: FaultCollector { reading.faults }

    /// The accounts; nil if there are faults, so that nothing is checked against accounts that are not meant.
    static func read(_ node: Node?, _ reading: Reading) -> [AccountSettings]? {
        guard let node, !node.isMissing else { return [.standard] }
        let before = reading.faults.faults.count
        let accounts = AccountReader(reading: reading).accounts(node)
        return reading.faults.faults.count == before ? accounts : nil
    }

    private func accounts(_ node: Node) -> [AccountSettings] {
        guard let nodes = node.list(faults, "accounts") else { return [] }
        if nodes.isEmpty { faults.report("accounts: expected at least one account", at: node.mark) }
        var accounts: [AccountSettings] = []
        var owners: [String: String] = [:]
        var catchAll: String?
        for node in nodes {
            guard var keys = node.mapping(faults, "account") else { continue }
            let name = name(keys.require("name"), accounts)
            let projectsNode = keys.take("projects")
            let projects = projectsNode.flatMap { self.projects($0, name ?? "", &owners) }
            if projectsNode == nil {
                if let other = catchAll {
                    faults.report(
                        "two accounts without 'projects': \(Quoted.text(other)) has none either", at: node.mark)
                }
                catchAll = name ?? ""
            }
            let auth = auth(keys.require("auth"), name ?? "", projects: projects, hasProjects: projectsNode != nil)
            keys.finish()
            // With a fault the rest goes on with what there is; the accounts are then not used.
            accounts.append(AccountSettings(name: name ?? "", projects: projects, auth: auth ?? .environment))
        }
        return accounts
    }

    private func name(_ node: Node?, _ accounts: [AccountSettings]) -> String? {
        guard let node, let name = node.text(faults, "name") else { return nil }
        guard !name.isEmpty, name.utf8.count <= 128, Printable.isLine(name) else {
            faults.report("name: expected 1 to 128 bytes of printable text", at: node.mark)
            return nil
        }
        if accounts.contains(where: { $0.name == name }) {
            faults.report("two accounts are named \(Quoted.text(name))", at: node.mark)
            return nil
        }
        return name
    }

    private func projects(_ node: Node, _ account: String, _ owners: inout [String: String]) -> [String]? {
        guard let nodes = node.list(faults, "projects") else { return nil }
        if nodes.isEmpty {
            faults.report(
                "projects: expected at least one project id (left out: all that no other account names)", at: node.mark)
        }
        var projects: [String] = []
        for node in nodes {
            guard let project = node.text(faults, "project") else { continue }
            guard Printable.isProject(project) else {
                faults.report(
                    "project: expected a project id (1 to 64 letters, digits, '-', '_'), found \(Quoted.text(project))",
                    at: node.mark)
                continue
            }
            if let owner = owners[project] {
                let message =
                    owner == account
                    ? "project \(Quoted.text(project)) stands twice"
                    : "two accounts for the project \(Quoted.text(project)): \(Quoted.text(owner)) has it already"
                faults.report(message, at: node.mark)
                continue
            }
            owners[project] = account
            projects.append(project)
        }
        return projects
    }

    private func auth(_ node: Node?, _ account: String, projects: [String]?, hasProjects: Bool) -> AuthSettings? {
        if let node { reading.authMarks[account] = node.mark }
        guard let node, var keys = node.mapping(faults, "auth") else { return nil }
        let kinds = ["access_key", "password", "token", "ecs_agency", "environment"]
        let found = kinds.compactMap { keys.takeEntry($0) }.sorted { $0.keyMark < $1.keyMark }
        keys.finish()
        guard found.count == 1, let entry = found.first else {
            let expected = "auth: expected exactly one of \(kinds.joined(separator: ", "))"
            if let second = found.dropFirst().first {
                faults.report("\(expected), found \(found.map(\.key).joined(separator: ", "))", at: second.keyMark)
            } else if keys.entries.isEmpty {
                faults.report(expected, at: node.mark)
            }
            return nil
        }
        let secrets = SecretReferenceReader(account: account, reading: reading)
        switch entry.key {
        case "access_key": return accessKey(entry.value, secrets)
        case "password": return password(entry.value, secrets)
        case "token":
            if !hasProjects || (projects.map { $0.count > 1 } ?? false) {
                faults.report(
                    "token: expected exactly one id in 'projects', for a token belongs to one project",
                    at: entry.keyMark)
            }
            return secrets.read(entry.value, "token").map { .token($0) }
        default:
            if !entry.value.isMissing, var none = entry.value.mapping(faults, entry.key) { none.finish() }
            return entry.key == "environment" ? .environment : .ecsAgency
        }
    }

    private func accessKey(_ node: Node, _ secrets: SecretReferenceReader) -> AuthSettings? {
        guard var keys = node.mapping(faults, "access_key") else { return nil }
        let id = secrets.read(keys.require("id"), "access_key.id")
        let secret = secrets.read(keys.require("secret"), "access_key.secret")
        let securityToken = secrets.read(keys.take("security_token"), "access_key.security_token")
        keys.finish()
        guard let id, let secret else { return nil }
        return .accessKey(id: id, secret: secret, securityToken: securityToken)
    }

    private func password(_ node: Node, _ secrets: SecretReferenceReader) -> AuthSettings? {
        guard var keys = node.mapping(faults, "password") else { return nil }
        let domain = text(keys.require("domain"), "domain")
        let user = text(keys.require("user"), "user")
        let password = secrets.read(keys.require("password"), "password.password")
        keys.finish()
        guard let domain, let user, let password else { return nil }
        return .password(domain: domain, user: user, password: password)
    }

    private func text(_ node: Node?, _ what: String) -> String? {
        guard let node, let text = node.text(faults, what) else { return nil }
        if !text.isEmpty, Printable.isLine(text) { return text }
        faults.report("\(what): expected printable text", at: node.mark)
        return nil
    }
}

import YAML

extension ScenarioReader {
    /// A list of access keys in which no id stands twice: only one of the secrets could count.
    func accessKeys(_ node: Node) -> [AccessKeyEntry] {
        var seen: Set<String> = []
        return each(node, "access_keys") { accessKey($0, &seen) }
    }

    private func accessKey(_ node: Node, _ seen: inout Set<String>) -> AccessKeyEntry? {
        guard var reader = node.mapping(faults, "an access key") else { return nil }
        let idNode = reader.require("id")
        let id = idNode?.text(faults, "id")
        if let idNode, let id, !seen.insert(id).inserted {
            faults.report(
                "id: expected another id for each access key, \(id) stands here a second time", at: idNode.mark)
        }
        let secret = reader.require("secret")?.text(faults, "secret")
        let securityToken = reader.take("security_token")?.text(faults, "security_token")
        let projects = textSet(reader.take("projects"), "projects")
        reader.finish()
        guard let id, let secret else { return nil }
        return AccessKeyEntry(id: id, secret: secret, securityToken: securityToken, projects: projects)
    }

    func user(_ node: Node) -> UserEntry? {
        guard var reader = node.mapping(faults, "a user") else { return nil }
        let domain = reader.require("domain")?.text(faults, "domain")
        let user = reader.require("user")?.text(faults, "user")
        let password = reader.require("password")?.text(faults, "password")
        let projects = textSet(reader.take("projects"), "projects")
        reader.finish()
        guard let domain, let user, let password else { return nil }
        return UserEntry(domain: domain, user: user, password: password, projects: projects)
    }

    func project(_ node: Node) -> ProjectEntry? {
        guard var reader = node.mapping(faults, "a project") else { return nil }
        let id = reader.require("id")?.text(faults, "id")
        let region = reader.require("region")?.text(faults, "region")
        let name = reader.take("name")?.text(faults, "name")
        reader.finish()
        guard let id, let region else { return nil }
        return ProjectEntry(id: id, region: region, name: name ?? region)
    }

    func tokens(_ node: Node) -> TokenSettings {
        var settings = TokenSettings()
        guard var reader = node.mapping(faults, "tokens") else { return settings }
        settings.lifetime = duration(reader.take("lifetime"), "lifetime", default: settings.lifetime)
        settings.lockAfter =
            reader.take("lock_after")?.integer(faults, "lock_after", in: 0...1_000_000) ?? settings.lockAfter
        settings.lockFor = duration(reader.take("lock_for"), "lock_for", default: settings.lockFor)
        settings.size = reader.take("size")?.integer(faults, "size", in: 32...30000) ?? settings.size
        settings.shape = word(reader.take("shape"), "shape", ErrorShape.self) ?? settings.shape
        reader.finish()
        return settings
    }

    /// Nil where the service is switched off.
    func metadata(_ node: Node) -> MetadataSettings? {
        guard var reader = node.mapping(faults, "metadata") else { return nil }
        var settings = MetadataSettings()
        let enabled = reader.take("enabled")?.boolean(faults, "enabled") ?? true
        settings.hardened = reader.take("hardened")?.boolean(faults, "hardened") ?? settings.hardened
        settings.accessKey = reader.take("access_key")?.text(faults, "access_key")
        settings.secret = reader.take("secret")?.text(faults, "secret") ?? settings.secret
        settings.lifetime = duration(reader.take("lifetime"), "lifetime", default: settings.lifetime)
        settings.projects = textSet(reader.take("projects"), "projects")
        reader.finish()
        if settings.accessKey != nil, settings.secret.isEmpty {
            faults.report("metadata: expected a secret beside the access_key", at: reader.mark)
        }
        return enabled ? settings : nil
    }

    func limits(_ node: Node) -> LimitSettings {
        var settings = LimitSettings()
        guard var reader = node.mapping(faults, "limits") else { return settings }
        settings.requestsPerSecond =
            reader.take("requests_per_second")?.number(faults, "requests_per_second", in: 0...1_000_000) ?? 0
        settings.retryAfter = duration(reader.take("retry_after"), "retry_after", default: settings.retryAfter)
        settings.keyLockAfter =
            reader.take("key_lock_after")?.integer(faults, "key_lock_after", in: 0...1_000_000)
            ?? settings.keyLockAfter
        settings.keyLockFor = duration(reader.take("key_lock_for"), "key_lock_for", default: settings.keyLockFor)
        reader.finish()
        return settings
    }

    func answers(_ node: Node) -> AnswerSettings {
        var settings = AnswerSettings()
        guard var reader = node.mapping(faults, "answers") else { return settings }
        settings.delay = duration(reader.take("delay"), "delay", default: .zero)
        settings.clockSkew = signedDuration(reader.take("clock_skew"), "clock_skew")
        settings.listCount = reader.take("list_count")?.boolean(faults, "list_count") ?? true
        reader.finish()
        return settings
    }
}

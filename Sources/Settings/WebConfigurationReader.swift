import YAML

/// Reads the nodes of a web configuration. As in exporter-toolkit, a key without a value (or with `null`) is as if it
/// were left out.
struct WebConfigurationReader {
    let reading: Reading
    private var faults: FaultCollector { reading.faults }

    func read(_ node: Node?) -> WebConfiguration {
        var configuration = WebConfiguration()
        guard let node, !Self.isNull(node), var keys = node.mapping(faults, "web configuration") else {
            return configuration
        }
        let tlsNode = Self.value(keys.take("tls_server_config"))
        if let node = Self.value(keys.take("http_server_config")) { http(node, &configuration) }
        if let node = tlsNode {
            configuration.tls = WebTLSReader(reading: reading).read(node, http2: configuration.http2)
        }
        if let node = Self.value(keys.take("basic_auth_users")) { configuration.users = users(node) }
        if let node = Self.value(keys.take("rate_limit")) { configuration.rateLimit = rateLimit(node) }
        keys.finish()
        return configuration
    }

    /// A value that says something.
    static func value(_ node: Node?) -> Node? {
        node.flatMap { isNull($0) ? nil : $0 }
    }

    private static func isNull(_ node: Node) -> Bool {
        guard case .scalar(let text, plain: true) = node.content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// A boolean of YAML 1.1, as exporter-toolkit's reader takes it: `yes`, `on` and the like are true.
    static func boolean(_ node: Node, _ what: String, _ faults: FaultCollector) -> Bool? {
        guard case .scalar(let text, plain: true) = node.content else { return node.boolean(faults, what) }
        switch text {
        case "yes", "Yes", "YES", "y", "Y", "on", "On", "ON", "True", "TRUE": return true
        case "no", "No", "NO", "n", "N", "off", "Off", "OFF", "False", "FALSE": return false
        default: return node.boolean(faults, what)
        }
    }

    private func http(_ node: Node, _ configuration: inout WebConfiguration) {
        guard var keys = node.mapping(faults, "http_server_config") else { return }
        if let node = Self.value(keys.take("http2")), let value = Self.boolean(node, "http2", faults) {
            configuration.http2 = value
            if value { reading.warn("http2 has no effect: HTTP/1.1 is spoken", at: node.mark) }
        }
        if let node = Self.value(keys.take("headers")) { configuration.headers = headers(node) }
        keys.finish()
    }

    /// The header fields that may be set, with the values they may have where these are fixed.
    private static let headers: [(name: String, values: [String])] = [
        ("Content-Security-Policy", []), ("Strict-Transport-Security", []), ("X-Content-Type-Options", ["nosniff"]),
        ("X-Frame-Options", ["deny", "sameorigin"]), ("X-XSS-Protection", []),
    ]

    private func headers(_ node: Node) -> [String: String] {
        guard let keys = node.mapping(faults, "headers") else { return [:] }
        var headers: [String: String] = [:]
        let names = Self.headers.map(\.name)
        for entry in keys.entries {
            guard let known = Self.headers.first(where: { $0.name == entry.key }) else {
                let near = NearMatch.find(entry.key, in: names).map { ", did you mean '\($0)'?" }
                let other = near ?? ", expected one of \(names.joined(separator: ", "))"
                faults.report("headers: \(Quoted.text(entry.key)) cannot be set\(other)", at: entry.keyMark)
                continue
            }
            guard let value = entry.value.text(faults, entry.key) else { continue }
            if !known.values.isEmpty, !known.values.contains(value) {
                let expected = known.values.joined(separator: " or ")
                faults.report("\(entry.key): expected \(expected), found \(Quoted.text(value))", at: entry.value.mark)
            } else if !Printable.isLine(value) {
                faults.report("\(entry.key): expected one line of printable text", at: entry.value.mark)
            } else if !value.isEmpty {
                headers[entry.key] = value
            }
        }
        return headers
    }

    private func users(_ node: Node) -> [String: String] {
        guard let keys = node.mapping(faults, "basic_auth_users") else { return [:] }
        var users: [String: String] = [:]
        for entry in keys.entries {
            let user = Quoted.text(entry.key)
            if entry.key.contains(":") || !Printable.isLine(entry.key) {
                faults.report(
                    "basic_auth_users: expected a name of printable text without ':', found \(user)",
                    at: entry.keyMark)
            }
            // The hash is never quoted: it may be the password itself.
            guard let hash = entry.value.text(faults, "password of \(user)") else { continue }
            guard let cost = BcryptHash.cost(hash) else {
                faults.report(
                    "password of \(user): expected a bcrypt hash of 60 characters that begins with $2y$, $2b$ or $2a$"
                        + " (htpasswd -nBC 10 '')",
                    at: entry.value.mark)
                continue
            }
            if cost > WebConfigurationLoader.bcryptCostMax {
                reading.warn(
                    "the hash of \(user) has the cost \(cost), which is too dear to compute: expected 4 to "
                        + "\(WebConfigurationLoader.bcryptCostMax), the user is refused",
                    at: entry.value.mark)
            }
            users[entry.key] = hash
        }
        return users
    }

    private func rateLimit(_ node: Node) -> WebRateLimit? {
        guard var keys = node.mapping(faults, "rate_limit") else { return nil }
        let burst = Self.value(keys.take("burst"))?.integer(faults, "burst", in: 0...1_000_000_000)
        var interval = Duration.zero
        if let node = Self.value(keys.take("interval")), let text = node.text(faults, "interval") {
            if let value = GoDuration.parse(text) {
                interval = value
            } else {
                faults.report(
                    "interval: expected a duration such as 100ms or 1.5s, or 0 for no limit,"
                        + " found \(Quoted.text(text))",
                    at: node.mark)
            }
        }
        keys.finish()
        if interval > .zero, burst ?? 0 == 0 {
            reading.warn("rate_limit without a burst refuses every request: expected burst: 1 or more", at: node.mark)
        }
        return interval > .zero ? WebRateLimit(burst: burst ?? 0, interval: interval) : nil
    }
}

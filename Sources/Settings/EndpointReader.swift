import YAML

/// Reads `endpoints`.
struct EndpointReader {
    let reading: Reading
    private var faults: FaultCollector { reading.faults }

    static func read(_ node: Node?, _ reading: Reading) -> EndpointSettings {
        EndpointReader(reading: reading).endpoints(node)
    }

    private func endpoints(_ node: Node?) -> EndpointSettings {
        var settings = EndpointSettings()
        guard let node, !node.isMissing, var keys = node.mapping(faults, "endpoints") else { return settings }
        settings.functionGraphTemplate = url(keys.take("functiongraph"), "functiongraph", isTemplate: true)
        settings.iamTemplate = url(keys.take("iam"), "iam", isTemplate: true)
        if let url = url(keys.take("metadata"), "metadata", isTemplate: false) { settings.metadata = url }
        if let node = keys.take("regions"), !node.isMissing, let regions = node.mapping(faults, "regions") {
            for entry in regions.entries { settings.regions[entry.key] = region(entry) }
        }
        keys.finish()
        return settings
    }

    private func region(_ entry: Entry) -> RegionEndpoints? {
        if !Printable.isRegion(entry.key) {
            faults.report(
                "regions: expected the code of a region such as cn-north-4, found \(Quoted.text(entry.key))",
                at: entry.keyMark)
        }
        guard var keys = entry.value.mapping(faults, entry.key) else { return nil }
        let functionGraph = url(keys.take("functiongraph"), "functiongraph", isTemplate: true)
        let iam = url(keys.take("iam"), "iam", isTemplate: true)
        keys.finish()
        return RegionEndpoints(
            functionGraph: functionGraph?.replacing("{region}", with: entry.key),
            iam: iam?.replacing("{region}", with: entry.key))
    }

    /// A base URL without trailing slashes. It is not quoted in messages, because it may hold a password.
    private func url(_ node: Node?, _ what: String, isTemplate: Bool) -> String? {
        guard let node, var text = node.text(faults, what) else { return nil }
        while text.last == "/" { text.removeLast() }
        let written = isTemplate ? text.replacing("{region}", with: "cn-north-4") : text
        guard let url = URLText(written), !written.contains("{"), !written.contains("}") else {
            let example = isTemplate ? "https://\(what).{region}.myhuaweicloud.com" : "http://169.254.169.254"
            faults.report(
                "\(what): expected http:// or https://, a host, and no user, ?, # or blank, as in \(example)",
                at: node.mark)
            return nil
        }
        if isTemplate, url.scheme == "http", !NoProxyRule.isLoopback(url.host) {
            reading.warn("\(what): http:// sends tokens and signatures unencrypted", at: node.mark)
        }
        return text
    }
}

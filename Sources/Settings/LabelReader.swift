import YAML

/// Reads `labels`.
enum LabelReader {
    /// The exporter's own label names, and those that Prometheus gives a meaning of their own.
    private static let reserved: Set<String> = [
        "function_urn", "functiongraph_snapshot_state", "code", "region_id", "project_id", "package", "function_name",
        "version", "account", "source", "reason", "operation", "handler", "revision", "swift_version",
        "job", "instance", "le", "quantile",
    ]

    static func read(_ node: Node?, _ faults: FaultCollector) -> [String: String] {
        guard let node, !node.isMissing, let keys = node.mapping(faults, "labels") else { return [:] }
        var labels: [String: String] = [:]
        for entry in keys.entries {
            if let message = fault(entry.key) { faults.report(message, at: entry.keyMark) }
            guard let value = entry.value.text(faults, "label \(Quoted.text(entry.key))") else { continue }
            labels[entry.key] = value
        }
        return labels
    }

    private static func fault(_ name: String) -> String? {
        let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte) }
        let isName =
            name.utf8.first.map(isLetter) ?? false
            && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
        if !isName {
            return "label \(Quoted.text(name)): expected a name of a-z, 0-9 and _ that begins with a letter"
        }
        if name.hasPrefix("exported_") {
            return "label '\(name)': expected a name that does not begin with exported_, which Prometheus uses itself"
        }
        if reserved.contains(name) {
            return "label '\(name)': expected another name, for this one has a meaning of its own"
        }
        return nil
    }
}

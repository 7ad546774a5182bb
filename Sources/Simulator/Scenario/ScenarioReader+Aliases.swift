import YAML

extension ScenarioReader {
    func aliases(_ node: Node) -> [AliasEntry] {
        guard let reader = node.mapping(faults, "aliases") else { return [] }
        return reader.entries.compactMap { entry in
            guard case .mapping = entry.value.content else {
                return entry.value.text(faults, entry.key).map {
                    AliasEntry(name: entry.key, version: $0, weights: [], mark: entry.value.mark)
                }
            }
            guard var reader = entry.value.mapping(faults, entry.key) else { return nil }
            let versionNode = reader.require("version")
            let version = versionNode?.text(faults, "version")
            let weights = reader.take("weights").flatMap { $0.mapping(faults, "weights") }
            reader.finish()
            guard let version else { return nil }
            let read = (weights?.entries ?? []).compactMap { weight in
                weight.value.integer(faults, weight.key, in: 0...100).map {
                    AliasEntry.Weight(version: weight.key, percent: $0, mark: weight.keyMark)
                }
            }
            return AliasEntry(
                name: entry.key, version: version, weights: read, mark: versionNode?.mark ?? entry.value.mark)
        }
    }

    /// Reports each alias that means a version which its function has not.
    func checkAliases(_ entries: [FunctionEntry], versions: Set<String>) {
        for entry in entries {
            for alias in entry.aliases {
                check(alias.name, alias.version, at: alias.mark, entry, versions)
                for weight in alias.weights { check(alias.name, weight.version, at: weight.mark, entry, versions) }
            }
        }
    }

    private func check(
        _ alias: String, _ version: String, at mark: Mark, _ entry: FunctionEntry, _ versions: Set<String>
    ) {
        // Every function has `latest`, in the scenario or not.
        guard version != "latest" else { return }
        for (urn, _) in entry.expanded {
            guard let base = FunctionAddress(urn)?.base, !versions.contains("\(base):\(version)") else { continue }
            faults.report(
                "aliases: \(alias): expected a version of \(base) in this scenario, found \(version)", at: mark)
            return
        }
    }
}

import FunctionGraph
import YAML

/// Reads `watch.discover`.
struct DiscoveryReader {
    let reading: Reading
    /// How often what is found is polled where the entry says nothing.
    let interval: Duration
    /// Nil if the accounts have faults: then it is not checked who answers.
    let accounts: AccountIndex?
    private var faults: FaultCollector { reading.faults }

    func read(_ node: Node) -> [DiscoverySettings] {
        var all: [DiscoverySettings] = []
        var marks: [Mark] = []
        for node in node.list(faults, "discover") ?? [] {
            guard let settings = discovery(node) else { continue }
            if let index = all.firstIndex(of: settings) {
                reading.warn("stands at \(faults.file):\(marks[index]) already, which counts", at: node.mark)
            } else {
                all.append(settings)
                marks.append(node.mark)
            }
        }
        return all
    }

    private func discovery(_ node: Node) -> DiscoverySettings? {
        guard var keys = node.mapping(faults, "discover") else { return nil }
        let accountNode = keys.take("account")
        let account = accountNode?.text(faults, "account")
        let region = code(
            keys.require("region"), "region", "the code of a region such as cn-north-4", Printable.isRegion)
        let projectNode = keys.require("project")
        let project = code(projectNode, "project", "a project id", Printable.isProject)
        var settings = DiscoverySettings(account: account ?? "", region: region ?? "", project: project ?? "")
        if let value = glob(keys.take("package"), "package") { settings.package = value }
        if let value = glob(keys.take("name"), "name") { settings.name = value }
        if let value = glob(keys.take("runtime"), "runtime") { settings.runtime = value }
        if let value = versions(keys.take("versions")) { settings.versions = value }
        let listed = keys.take("list_interval")?.duration(faults, "list_interval", in: PollReader.longIntervals)
        settings.listInterval = listed ?? settings.listInterval
        settings.interval =
            keys.take("interval")?.duration(faults, "interval", in: PollReader.intervals) ?? interval
        settings.expect = StateReader.read(keys.take("expect"), faults) ?? []
        settings.labels = LabelReader.read(keys.take("labels"), faults)
        keys.finish()
        guard let project, region != nil, accountNode == nil || account != nil, let accounts else { return nil }
        if let fault = accounts.fault(project, named: account) {
            faults.report(fault.message, at: fault.isAboutName ? accountNode?.mark : projectNode?.mark)
            return nil
        }
        settings.account = accounts.account(project) ?? ""
        return settings
    }

    private func code(_ node: Node?, _ what: String, _ expected: String, _ isValid: (String) -> Bool) -> String? {
        guard let node, let text = node.text(faults, what) else { return nil }
        if isValid(text) { return text }
        faults.report("\(what): expected \(expected), found \(Quoted.text(text))", at: node.mark)
        return nil
    }

    private func glob(_ node: Node?, _ what: String) -> String? {
        guard let node, let text = node.text(faults, what) else { return nil }
        // No name has a bracket: a set of characters is meant, which would silently match nothing.
        guard !text.contains("[") else {
            faults.report(
                "\(what): expected text with the wildcards * and ?, and no others, found \(Quoted.text(text))",
                at: node.mark)
            return nil
        }
        if !text.isEmpty, Printable.isLine(text) { return text }
        faults.report("\(what): expected text with the wildcards * and ?", at: node.mark)
        return nil
    }

    private func versions(_ node: Node?) -> DiscoveredVersions? {
        guard let node, let text = node.text(faults, "versions") else { return nil }
        if let versions = DiscoveredVersions(rawValue: text) { return versions }
        let known = DiscoveredVersions.allCases.map(\.rawValue).joined(separator: ", ")
        faults.report("versions: expected one of \(known), found \(Quoted.text(text))", at: node.mark)
        return nil
    }
}

import FunctionGraph
import YAML

/// Reads a list of functions: `watch.functions`, or a watch file.
struct EntryReader {
    let reading: Reading
    let defaults: EntryDefaults
    /// Nil if the accounts have faults: then it is not checked who answers.
    let accounts: AccountIndex?
    let source: WatchSource
    private var faults: FaultCollector { reading.faults }

    /// A listed function and where it stands.
    struct Listed {
        var function: WatchedFunction
        let mark: Mark
    }

    func read(_ node: Node, _ what: String) -> [Listed] {
        guard let nodes = node.list(faults, what) else { return [] }
        var listed: [Listed] = []
        listed.reserveCapacity(nodes.count)
        for node in nodes {
            if let entry = entry(node) { listed.append(entry) }
        }
        return listed
    }

    private func entry(_ node: Node) -> Listed? {
        switch node.content {
        case .scalar where !node.isMissing:
            guard let urn = urn(node), let account = account(urn.project, nil, node.mark) else { return nil }
            return Listed(function: function(urn, account), mark: node.mark)
        case .mapping:
            return mapping(node)
        default:
            faults.report(
                "function: expected an URN or a mapping with the key 'urn', found \(node.kind)", at: node.mark)
            return nil
        }
    }

    private func mapping(_ node: Node) -> Listed? {
        guard var keys = node.mapping(faults, "function") else { return nil }
        let urnNode = keys.require("urn")
        let urn = urnNode.flatMap { self.urn($0) }
        let interval = keys.take("interval")?.duration(faults, "interval", in: PollReader.intervals)
        let expect = StateReader.read(keys.take("expect"), faults)
        let labels = LabelReader.read(keys.take("labels"), faults)
        let accountNode = keys.take("account")
        keys.finish()
        guard let urn, let account = account(urn.project, accountNode, urnNode?.mark ?? node.mark) else { return nil }
        var function = function(urn, account)
        if let interval { function.interval = interval }
        if let expect { function.expect = expect }
        if !labels.isEmpty { function.labels.merge(labels) { _, own in own } }
        return Listed(function: function, mark: node.mark)
    }

    private func function(_ urn: FunctionURN, _ account: String) -> WatchedFunction {
        WatchedFunction(
            urn: urn, interval: defaults.interval, expect: defaults.expect, labels: defaults.labels,
            account: account, source: source)
    }

    private func urn(_ node: Node) -> FunctionURN? {
        guard let text = node.text(faults, "urn") else { return nil }
        do {
            let urn = try FunctionURN(text)
            if urn.isLatest {
                reading.warn("latest never has a snapshot: list a published version of \(urn.function)", at: node.mark)
            }
            return urn
        } catch {
            faults.report("\(error)", at: node.mark)
            return nil
        }
    }

    private func account(_ project: String, _ node: Node?, _ mark: Mark) -> String? {
        let named = node?.text(faults, "account")
        if node != nil && named == nil { return nil }
        guard let accounts else { return "" }
        if let fault = accounts.fault(project, named: named) {
            faults.report(fault.message, at: fault.isAboutName ? node?.mark ?? mark : mark)
            return nil
        }
        return accounts.account(project)
    }
}

import FunctionGraph
import YAML

/// Reads the text of config.yml; the watch files it names are read afterwards.
struct RootReader {
    /// What config.yml says.
    struct Root {
        /// Everything but the functions.
        var configuration = Configuration()
        var defaults = EntryDefaults()
        var listed: [EntryReader.Listed] = []
        var patterns: [WatchPattern] = []
        /// Nil if the accounts have faults.
        var accounts: AccountIndex?
        var watchMark: Mark?
    }

    let reading: Reading
    private var faults: FaultCollector { reading.faults }

    static func read(_ node: Node?, _ reading: Reading) -> Root {
        let node = node ?? Node(mark: Mark(line: 1, column: 1), content: .mapping([]))
        return RootReader(reading: reading).root(node)
    }

    private func root(_ node: Node) -> Root {
        var root = Root()
        guard var keys = node.mapping(faults, "configuration") else { return root }
        root.configuration.poll = PollReader.read(keys.take("poll"), reading)
        root.configuration.limits = LimitReader.read(keys.take("limits"), reading)
        let accounts = AccountReader.read(keys.take("accounts"), reading)
        root.configuration.accounts = accounts ?? []
        root.accounts = accounts.map { AccountIndex($0) }
        root.configuration.endpoints = EndpointReader.read(keys.take("endpoints"), reading)
        root.configuration.tls = TransportReader.tls(keys.take("tls"), reading)
        root.configuration.proxy = TransportReader.proxy(keys.take("proxy"), reading)
        root.defaults.interval = root.configuration.poll.interval
        if let node = keys.require("watch") { watch(node, &root) }
        keys.finish()
        return root
    }

    private func watch(_ node: Node, _ root: inout Root) {
        root.watchMark = node.mark
        defer { root.configuration.watch.defaults = root.defaults }
        let node = node.isMissing ? Node(mark: node.mark, content: .mapping([])) : node
        guard var keys = node.mapping(faults, "watch") else { return }
        readDefaults(keys.take("defaults"), &root)
        // A key whose entries are all commented out has no value: that is an empty list.
        let (functions, files, discover) = (keys.take("functions"), keys.take("files"), keys.take("discover"))
        if let node = functions, !node.isMissing {
            let entries = EntryReader(
                reading: reading, defaults: root.defaults, accounts: root.accounts, source: .list)
            root.listed = entries.read(node, "functions")
        }
        if let node = files, !node.isMissing {
            root.patterns = patterns(node)
            root.configuration.watch.files = root.patterns.map(\.text)
        }
        if let node = discover, !node.isMissing {
            let discoveries = DiscoveryReader(
                reading: reading, interval: root.configuration.poll.interval, accounts: root.accounts)
            root.configuration.watch.discoveries = discoveries.read(node)
        }
        if functions == nil, files == nil, discover == nil {
            faults.report("watch: expected one of functions, files, discover", at: node.mark)
        }
        keys.finish()
    }

    private func readDefaults(_ node: Node?, _ root: inout Root) {
        guard let node, !node.isMissing, var keys = node.mapping(faults, "defaults") else { return }
        if let value = keys.take("interval")?.duration(faults, "interval", in: PollReader.intervals) {
            root.defaults.interval = value
        }
        if let value = StateReader.read(keys.take("expect"), faults) { root.defaults.expect = value }
        root.defaults.labels = LabelReader.read(keys.take("labels"), faults)
        keys.finish()
    }

    private func patterns(_ node: Node) -> [WatchPattern] {
        var patterns: [WatchPattern] = []
        for node in node.list(faults, "files") ?? [] {
            guard let text = node.text(faults, "files") else { continue }
            if text.isEmpty || !Printable.isLine(text) {
                faults.report("files: expected the path of a file, wildcards * ? [ ] allowed", at: node.mark)
            } else if !patterns.contains(where: { $0.text == text }) {
                patterns.append(WatchPattern(text: text, mark: node.mark))
            }
        }
        return patterns
    }
}

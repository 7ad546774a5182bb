/// Puts events together to nodes, within bounds.
struct Composer: ~Copyable {
    private var events: EventReader
    private let faults: FaultCollector
    private var anchors: [String: Weighed] = [:]
    private var total = 0

    /// A node and how many nodes it has with its aliases written out.
    private struct Weighed {
        var node: Node
        var weight: Int
    }

    init(events: consuming EventReader, faults: FaultCollector) {
        self.events = events
        self.faults = faults
    }

    /// The node of the only document, nil if there is none.
    mutating func document() throws(Fault) -> Node? {
        _ = try events.next()
        guard case .documentStart = try events.next().kind else { return nil }
        let root = try node(try events.next(), depth: 0)
        _ = try events.next()
        let end = try events.next()
        guard case .streamEnd = end.kind else {
            throw fault("expected one document, found the beginning of another", end.mark)
        }
        return root.node.isMissing ? nil : root.node
    }

    private mutating func node(_ event: Event, depth: Int) throws(Fault) -> Weighed {
        if case .alias(let name) = event.kind { return try alias(name, event.mark) }
        let plain = checkTag(event)
        total += 1
        guard total <= YAMLParser.nodesMax else { throw tooMany(event.mark) }
        let made: Weighed
        switch event.kind {
        case .scalar(let text, _):
            made = Weighed(node: Node(mark: event.mark, content: .scalar(text, plain: plain)), weight: 1)
        case .sequenceStart: made = try sequence(event.mark, depth: depth + 1)
        case .mappingStart: made = try mapping(event.mark, depth: depth + 1)
        default: throw fault("not understood as YAML", event.mark)
        }
        // Registered when complete: an alias within its own anchor is unknown, so there are no cycles.
        if let anchor = event.anchor { anchors[anchor] = made }
        return made
    }

    private mutating func sequence(_ mark: Mark, depth: Int) throws(Fault) -> Weighed {
        try checkDepth(depth, mark)
        var nodes: [Node] = []
        var weight = 1
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { break }
            let element = try node(event, depth: depth)
            nodes.append(element.node)
            weight += element.weight
        }
        return Weighed(node: Node(mark: mark, content: .sequence(nodes)), weight: weight)
    }

    private mutating func mapping(_ mark: Mark, depth: Int) throws(Fault) -> Weighed {
        try checkDepth(depth, mark)
        var entries: [Entry] = []
        var seen = KeyIndex()
        var weight = 1
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            guard case .scalar(let key, let plain) = event.kind else {
                throw fault("expected a key that is plain text", event.mark)
            }
            if let anchor = event.anchor {
                let node = Node(mark: event.mark, content: .scalar(key, plain: plain))
                anchors[anchor] = Weighed(node: node, weight: 1)
            }
            _ = checkTag(event)
            let value = try node(try events.next(), depth: depth)
            weight += 1 + value.weight
            if plain && key == "<<" {
                faults.report("merge keys (<<) are not supported: write the settings out", at: event.mark)
                continue
            }
            if let first = seen.insert(key, entries) {
                faults.report("key '\(key)' stands twice, first at \(entries[first].keyMark)", at: event.mark)
                continue
            }
            entries.append(Entry(key: key, keyMark: event.mark, value: value.node))
        }
        return Weighed(node: Node(mark: mark, content: .mapping(entries)), weight: weight)
    }

    private mutating func alias(_ name: String, _ mark: Mark) throws(Fault) -> Weighed {
        // The name is not quoted: a secret may begin with `*`.
        guard let target = anchors[name] else {
            throw fault("unknown alias: text that begins with * needs quotes", mark)
        }
        total += target.weight
        guard total <= YAMLParser.nodesMax else { throw tooMany(mark) }
        return Weighed(node: Node(mark: mark, content: target.node.content), weight: target.weight)
    }

    /// Reports a tag that means nothing here; answers whether a scalar is plain (`!!str no` is not).
    private func checkTag(_ event: Event) -> Bool {
        let kind: String
        var plain = false
        switch event.kind {
        case .scalar(_, let isPlain): (kind, plain) = ("str", isPlain)
        case .sequenceStart: kind = "seq"
        default: kind = "map"
        }
        guard let tag = event.tag else { return plain }
        if tag != "!" && tag != "tag:yaml.org,2002:" + kind {
            faults.report("tags have no meaning here: text that begins with ! needs quotes", at: event.mark)
        }
        return false
    }

    private func checkDepth(_ depth: Int, _ mark: Mark) throws(Fault) {
        guard depth <= YAMLParser.depthMax else {
            throw fault("nested too deep: expected at most \(YAMLParser.depthMax) levels", mark)
        }
    }

    private func tooMany(_ mark: Mark) -> Fault {
        fault("too large: expected at most \(YAMLParser.nodesMax) nodes, aliases written out", mark)
    }

    private func fault(_ message: String, _ mark: Mark) -> Fault {
        Fault(file: faults.file, mark: mark, message: message)
    }
}

import YAML

/// Reads scenarios, and the parts of them that control calls bring, and gathers all their faults.
///
/// Its extensions read one kind of entry each.
struct ScenarioReader {
    let faults: FaultCollector

    /// The longest time a scenario may name.
    static let longest: ClosedRange<Duration> = .zero ... .seconds(366 * 86400)
    /// At most so many functions, counting the numbered ones.
    static let functionsMax = 100_000

    init(file: String) {
        faults = FaultCollector(file: file)
    }

    /// A whole scenario. Throws all faults at once.
    static func scenario(_ text: [UInt8], file: String) throws(ScenarioFaults) -> Scenario {
        try read(text, file: file) { reader, node in reader.scenario(node) }
    }

    /// A list of faults alone.
    static func faults(_ text: [UInt8], file: String) throws(ScenarioFaults) -> [FaultRule] {
        try read(text, file: file) { reader, node in node.map { reader.each($0, "faults", reader.fault) } ?? [] }
    }

    /// A list of functions alone.
    static func functions(_ text: [UInt8], file: String) throws(ScenarioFaults) -> [FunctionEntry] {
        try read(text, file: file) { reader, node in node.map { reader.functions($0, isWhole: false) } ?? [] }
    }

    /// A list of access keys alone.
    static func accessKeys(_ text: [UInt8], file: String) throws(ScenarioFaults) -> [AccessKeyEntry] {
        try read(text, file: file) { reader, node in node.map { reader.accessKeys($0) } ?? [] }
    }

    private static func read<Value>(
        _ text: [UInt8], file: String, _ body: (ScenarioReader, Node?) -> Value?
    ) throws(ScenarioFaults) -> Value {
        let reader = ScenarioReader(file: file)
        let value = body(reader, YAMLParser.parse(text, reader.faults))
        guard let value, reader.faults.faults.isEmpty else { throw ScenarioFaults(faults: reader.faults.faults) }
        return value
    }

    /// An empty text is a cloud without functions and without keys.
    private func scenario(_ node: Node?) -> Scenario? {
        guard let node else { return Scenario() }
        guard var reader = node.mapping(faults, "the scenario") else { return nil }
        var scenario = Scenario()
        scenario.seed = UInt64(reader.take("seed")?.integer(faults, "seed", in: 0...Int.max) ?? 1)
        scenario.accessKeys = reader.take("access_keys").map { accessKeys($0) } ?? []
        scenario.users = reader.take("users").map { each($0, "users", user) } ?? []
        scenario.projects = reader.take("projects").map { each($0, "projects", project) } ?? []
        if let node = reader.take("tokens") { scenario.tokens = tokens(node) }
        if let node = reader.take("metadata") { scenario.metadata = metadata(node) }
        if let node = reader.take("limits") { scenario.limits = limits(node) }
        if let node = reader.take("answers") { scenario.answers = answers(node) }
        scenario.functions = reader.take("functions").map { functions($0, isWhole: true) } ?? []
        scenario.faults = reader.take("faults").map { each($0, "faults", fault) } ?? []
        reader.finish()
        return scenario
    }

    /// Reads each element of a list; those that are faulty are left out, their faults reported.
    func each<Value>(_ node: Node, _ what: String, _ read: (Node) -> Value?) -> [Value] {
        (node.list(faults, what) ?? []).compactMap(read)
    }

    /// A set of texts, nil if absent.
    func textSet(_ node: Node?, _ what: String) -> Set<String>? {
        node.map { Set(each($0, what) { $0.text(faults, what) }) }
    }

    /// A length of time that may be left out.
    func duration(_ node: Node?, _ what: String, default fallback: Duration) -> Duration {
        node.map { $0.duration(faults, what, in: Self.longest) ?? fallback } ?? fallback
    }

    /// A length of time with a sign, such as `20m` or `-20m`.
    func signedDuration(_ node: Node?, _ what: String) -> Duration {
        guard let node else { return .zero }
        guard case .scalar(let text, let plain) = node.content, text.hasPrefix("-") else {
            return node.duration(faults, what, in: Self.longest) ?? .zero
        }
        let positive = Node(mark: node.mark, content: .scalar(String(text.dropFirst()), plain: plain))
        return .zero - (positive.duration(faults, what, in: Self.longest) ?? .zero)
    }

    /// One of a few words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ node: Node?, _ what: String, _ type: Word.Type
    ) -> Word? where Word.RawValue == String {
        guard let node, let text = node.text(faults, what) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        faults.report("\(what): expected one of \(known)", at: node.mark)
        return nil
    }
}

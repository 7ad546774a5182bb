/// Reads a mapping key by key and reports, at the end, the keys that nobody asked for.
public struct MappingReader {
    /// Where the mapping begins.
    public let mark: Mark
    /// All entries in the order of the text, for mappings whose keys are free.
    public let entries: [Entry]
    private let faults: FaultCollector
    private var asked: [String] = []

    init(mark: Mark, entries: [Entry], faults: FaultCollector) {
        self.mark = mark
        self.entries = entries
        self.faults = faults
    }

    /// The value of a key, nil if the key is absent. Asking makes the key a known one.
    public mutating func take(_ key: String) -> Node? {
        takeEntry(key)?.value
    }

    /// The key with its place and value, nil if it is absent. Asking makes the key a known one.
    public mutating func takeEntry(_ key: String) -> Entry? {
        asked.append(key)
        return entries.first { $0.key == key }
    }

    /// The value of a key that must be there; its absence is reported.
    public mutating func require(_ key: String) -> Node? {
        if let node = take(key) { return node }
        faults.report("expected the key '\(key)'", at: mark)
        return nil
    }

    /// Reports every key that was never asked for, with the known key that was probably meant, or all known ones.
    public mutating func finish() {
        for entry in entries where !asked.contains(entry.key) {
            let key = Quoted.text(entry.key)
            if let near = NearMatch.find(entry.key, in: asked) {
                faults.report("unknown key \(key), did you mean '\(near)'?", at: entry.keyMark)
            } else if asked.isEmpty {
                faults.report("unknown key \(key), expected none", at: entry.keyMark)
            } else {
                let known = asked.joined(separator: ", ")
                faults.report("unknown key \(key), expected one of \(known)", at: entry.keyMark)
            }
        }
    }
}

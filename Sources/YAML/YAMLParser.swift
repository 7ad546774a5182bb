/// Reads YAML text to nodes with positions.
///
/// What is taken is a strict part of YAML 1.1: one document, keys that are scalars and stand once, no merge keys, no
/// tags but `!!str`, `!!seq` and `!!map`. Anchors and aliases work within bounds: nesting and the number of nodes with
/// all aliases written out are limited, so no text can exhaust stack or memory.
public enum YAMLParser {
    /// How deep lists and mappings may be nested.
    public static let depthMax = 32
    /// How many nodes a text may hold with its aliases written out.
    public static let nodesMax = 2_000_000

    /// The node of a text, or nil if it is empty or holds only comments.
    ///
    /// Throws the first fault of the text.
    public static func parse(_ bytes: [UInt8], file: String) throws(Fault) -> Node? {
        let faults = FaultCollector(file: file)
        let node = parse(bytes, faults)
        if let first = faults.faults.first { throw first }
        return node
    }

    /// The node of a text, with every fault of it reported: a text that is no YAML ends the reading at its fault, but
    /// repeated keys and the like do not.
    ///
    /// Nil if the text is empty, holds only comments, or is no YAML; the last is always reported.
    public static func parse(_ bytes: [UInt8], _ faults: FaultCollector) -> Node? {
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        guard String(validating: text, as: UTF8.self) != nil else {
            let valid = TextPosition.validPrefix(of: text)
            faults.report("expected UTF-8 text", at: TextPosition.mark(of: valid, in: text))
            return nil
        }
        guard let events = EventReader(text, file: faults.file) else {
            faults.report("not enough memory to read it", at: nil)
            return nil
        }
        var composer = Composer(events: events, faults: faults)
        do {
            return try composer.document()
        } catch {
            faults.report(error.message, at: error.mark)
            return nil
        }
    }
}

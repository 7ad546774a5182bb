/// One family of a table: which rows have a sample, and its value. Which of the value arrays is used depends on the
/// kind; the others stay empty.
struct Column: Sendable {
    /// The family.
    let family: Family

    /// The samples' name in bytes.
    let name: [UInt8]

    /// For a stateset, what follows the label block for each state with value 0 and 1: `,label="state"} 0\n`. For a
    /// text info, `,label="`.
    let suffixes: [[UInt8]]

    /// A page holds 2 to the power of this many rows: 256, and fewer where a row has several lines. A page lies within
    /// one label arena.
    let pageShift: Int

    /// One bit a row.
    var present: [UInt64] = []

    /// Gauges and counters.
    var numbers: [Double] = []

    /// The current state's index.
    var states: [UInt8] = []

    /// The changing label's value, escaped.
    var texts: [[UInt8]] = []

    /// The rows' own label blocks, if the family ever had one; length 0: the row's.
    var blocks: [BlockReference] = []

    /// A version a page.
    var pageVersions: [UInt64] = [0]

    /// Texts that were used lately, so that rows with the same text share its bytes.
    private var knownTexts: [String: [UInt8]] = [:]

    /// An empty column.
    init(_ family: Family) {
        self.family = family
        name = Array(family.name.utf8)
        switch family.kind {
        case .gauge, .counter, .info:
            suffixes = []
            pageShift = LabelArena.rowShift
        case .textInfo(let label):
            suffixes = [Array("\(label)=\"".utf8)]
            pageShift = LabelArena.rowShift
        case .stateset(let label, let states):
            suffixes = states.flatMap { state in
                let text = String(decoding: labelBlock([Label(label, state)]).dropFirst(), as: UTF8.self)
                return [Array("\(text)} 0\n".utf8), Array("\(text)} 1\n".utf8)]
            }
            var shift = LabelArena.rowShift
            while shift > 3, states.count << shift > 256 { shift -= 1 }
            pageShift = shift
        }
    }

    /// Whether the row has a sample.
    func has(_ row: Int) -> Bool {
        present[row >> 6] & (1 << UInt64(row & 63)) != 0
    }

    /// Gives the row a sample or takes it away.
    mutating func setPresent(_ row: Int, _ isPresent: Bool) {
        if isPresent {
            present[row >> 6] |= 1 << UInt64(row & 63)
        } else {
            present[row >> 6] &= ~(1 << UInt64(row & 63))
        }
    }

    /// Makes room for that many rows.
    mutating func grow(to rows: Int) {
        while present.count << 6 < rows { present.append(0) }
        while pageVersions.count << pageShift < rows { pageVersions.append(0) }
        switch family.kind {
        case .gauge, .counter: while numbers.count < rows { numbers.append(0) }
        case .info: break
        case .textInfo: while texts.count < rows { texts.append([]) }
        case .stateset: while states.count < rows { states.append(0) }
        }
        if !blocks.isEmpty { while blocks.count < rows { blocks.append(BlockReference()) } }
    }

    /// The text escaped, in bytes that are shared where possible. The store is bounded: what the texts are is not ours
    /// to say.
    mutating func escaped(_ text: String) -> [UInt8] {
        if let known = knownTexts[text] { return known }
        var bytes: [UInt8] = []
        appendEscaped(text, quotationMarks: true, to: &bytes)
        if knownTexts.count >= 256 { knownTexts.removeAll() }
        knownTexts[text] = bytes
        return bytes
    }
}

/// A table under its lock: what a closure given to `MetricTable.update` works on.
///
/// A `RowID` of a removed row and a family that does not exist are ignored, and so is a value that does not fit the
/// family's kind. Storing what is there already dirties nothing.
public struct TableUpdate: ~Copyable, Sendable {
    struct Row: Sendable {
        var generation: UInt32 = 0
        var isLive = false
        var block = BlockReference()
        var insertedAs: UInt64 = 0
    }

    var rows: [Row] = []
    var freeRows: [Int] = []
    var arenas: [LabelArena] = []
    var columns: [Column]
    var liveCount = 0

    /// Rows inserted so far.
    var insertions: UInt64 = 0

    /// Grows with every change of a page; the page keeps it as its version.
    private var changes: UInt64 = 0

    init(_ families: [Family]) {
        columns = families.map(Column.init)
    }

    /// Sets a gauge's or counter's value; for an info, makes the constant 1 appear.
    public mutating func set(_ row: RowID, _ family: Int, _ value: Double) {
        guard isValid(row, family) else { return }
        switch columns[family].family.kind {
        case .gauge, .counter:
            // Bits are compared, because NaN differs from itself and 0 does not differ from -0.
            guard !columns[family].has(row.index) || columns[family].numbers[row.index].bitPattern != value.bitPattern
            else { return }
            columns[family].numbers[row.index] = value
        case .info:
            guard !columns[family].has(row.index) else { return }
        case .textInfo, .stateset:
            return
        }
        columns[family].setPresent(row.index, true)
        touch(family, row.index)
    }

    /// Adds to a gauge's or counter's value; what was absent was 0.
    public mutating func add(_ row: RowID, _ family: Int, _ delta: Double) {
        guard isValid(row, family), !columns[family].numbers.isEmpty else { return }
        let before = columns[family].has(row.index) ? columns[family].numbers[row.index] : 0
        set(row, family, before + delta)
    }

    /// Sets the current state of a stateset, by its index.
    public mutating func setState(_ row: RowID, _ family: Int, _ index: Int) {
        guard isValid(row, family), case .stateset(_, let states) = columns[family].family.kind,
            states.indices.contains(index), let state = UInt8(exactly: index),
            !columns[family].has(row.index) || columns[family].states[row.index] != state
        else { return }
        columns[family].states[row.index] = state
        columns[family].setPresent(row.index, true)
        touch(family, row.index)
    }

    /// Sets the changing label of a text info, unescaped.
    public mutating func setText(_ row: RowID, _ family: Int, _ text: String) {
        guard isValid(row, family), case .textInfo = columns[family].family.kind else { return }
        let bytes = columns[family].escaped(text)
        guard !columns[family].has(row.index) || columns[family].texts[row.index] != bytes else { return }
        columns[family].texts[row.index] = bytes
        columns[family].setPresent(row.index, true)
        touch(family, row.index)
    }

    /// Takes the row's sample away.
    public mutating func clear(_ row: RowID, _ family: Int) {
        guard isValid(row, family), columns[family].has(row.index) else { return }
        columns[family].setPresent(row.index, false)
        if !columns[family].texts.isEmpty { columns[family].texts[row.index] = [] }
        touch(family, row.index)
    }

    /// The value of the row's sample, or nil where it has none: for a stateset the state's index, for infos 1.
    public func value(_ row: RowID, _ family: Int) -> Double? {
        guard isValid(row, family), columns[family].has(row.index) else { return nil }
        return switch columns[family].family.kind {
        case .gauge, .counter: columns[family].numbers[row.index]
        case .info, .textInfo: 1
        case .stateset: Double(columns[family].states[row.index])
        }
    }

    /// Whether the row is there in this generation, and the family at all.
    private func isValid(_ row: RowID, _ family: Int) -> Bool {
        columns.indices.contains(family) && isLive(row)
    }

    func isLive(_ row: RowID) -> Bool {
        rows.indices.contains(row.index) && rows[row.index].isLive
            && rows[row.index].generation == row.generation
    }

    /// Gives the page of the row a new version.
    mutating func touch(_ family: Int, _ row: Int) {
        changes += 1
        columns[family].pageVersions[row >> columns[family].pageShift] = changes
    }
}

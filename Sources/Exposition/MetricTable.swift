import Synchronization

/// A table of samples: rows that each have a label block, times families that each have a column of values.
///
/// Labels are rendered once, when a row is inserted; values are rendered at the scrape. All work under one lock, each
/// time for a short while: a few stores, or one page of lines.
public final class MetricTable: ExpositionBlock {
    private let table: Mutex<TableUpdate>

    /// How many families it has.
    let familyCount: Int

    /// An empty table. A family is known by its position in the list.
    public init(_ families: [Family]) {
        familyCount = families.count
        table = Mutex(TableUpdate(families))
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - labels: the label block that all families of the row share.
    ///   - blocks: for some families, by position, a whole label block of their own instead. An `info` family that gets
    ///     one has its sample at once; every other sample is absent until it is set.
    public func insert(_ labels: [Label], blocks: [Int: [Label]] = [:]) -> RowID {
        let block = labelBlock(labels)
        let own = blocks.mapValues(labelBlock)
        return table.withLock { $0.insert(block, blocks: own) }
    }

    /// Replaces the label blocks that some families of a row have of their own.
    public func relabel(_ row: RowID, blocks: [Int: [Label]]) {
        let own = blocks.mapValues(labelBlock)
        table.withLock { $0.setBlocks(row, own) }
    }

    /// Removes a row with all its samples. Its `RowID` is ignored from then on.
    public func remove(_ row: RowID) {
        table.withLock { $0.remove(row) }
    }

    /// Changes samples, all of them seen by a scrape together or not at all as far as they stand on one page. The
    /// closure runs under the lock: nothing that waits, and no call of the table itself.
    public func update<T: Sendable>(_ body: (inout TableUpdate) -> T) -> T {
        table.withLock { body(&$0) }
    }

    /// The value of a sample, or nil where it is absent: for a stateset the state's index, for infos 1.
    public func value(_ row: RowID, _ family: Int) -> Double? {
        table.withLock { $0.value(row, family) }
    }

    /// How many rows there are.
    public var rowCount: Int {
        table.withLock { $0.liveCount }
    }

    /// For a registry.
    public var pages: BlockPages { BlockPages(block: self) }
}

extension MetricTable: PagedBlock {
    func mark() -> UInt64 {
        table.withLock { $0.insertions }
    }

    func pageVersions(family: Int) -> [UInt64] {
        table.withLock { $0.columns[family].pageVersions }
    }

    func render(
        family: Int, page: Int, form: ExpositionForm, mark: UInt64, into writer: inout PageWriter
    ) -> UInt64? {
        table.withLock { $0.render(family: family, page: page, form: form, mark: mark, into: &writer) }
    }
}

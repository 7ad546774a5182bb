import Exposition
import Synchronization

/// Rows of a table by a key of ours: each is made when it is first spoken of and goes when it is removed.
final class KeyedRows<Key: Hashable & Sendable>: Sendable {
    let table: MetricTable
    private let labels: @Sendable (Key) -> [Label]
    private let rows = Mutex<[Key: RowID]>([:])

    /// - Parameters:
    ///   - families: The table's families, in the order of the page.
    ///   - labels: The labels of a key's row.
    init(_ families: [Family], labels: @escaping @Sendable (Key) -> [Label]) {
        table = MetricTable(families)
        self.labels = labels
    }

    /// The row of `key`, inserted if it is new.
    func row(_ key: Key) -> RowID {
        rows.withLock { rows in
            if let row = rows[key] { return row }
            let row = table.insert(labels(key))
            rows[key] = row
            return row
        }
    }

    /// Changes values of `key`'s row.
    func update(_ key: Key, _ body: (inout TableUpdate, RowID) -> Void) {
        let row = row(key)
        table.update { body(&$0, row) }
    }

    /// Takes off the page every row whose key is not among `keys`.
    func keep(only keys: Set<Key>) {
        rows.withLock { rows in
            for (key, row) in rows where !keys.contains(key) {
                table.remove(row)
                rows[key] = nil
            }
        }
    }
}

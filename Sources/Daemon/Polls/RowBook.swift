import FunctionGraph
import Polling
import Settings

/// The rows: one slot per watched function, found by number in the loop and by URN when the list changes.
struct RowBook: Sendable {
    /// A slot; its number is the row's.
    struct Slot: Sendable {
        /// `nil` while the slot is free.
        var record: FunctionRecord?
        /// Counts the slot's lives, so that an answer for an earlier one is recognised.
        var generation: UInt32 = 0
        var project: ProjectKey = 0
        var account: AccountKey = 0
        /// The last failure within the poll that runs.
        var lastFailure: CloudFailure?
    }

    private(set) var slots: [Slot] = []
    private var numbers: [FunctionURN: RowKey] = [:]
    private var free: [RowKey] = []
    /// The rows in the order of the watch list.
    var order: [RowKey] = []

    /// The row of a function.
    func row(of urn: FunctionURN) -> RowKey? { numbers[urn] }

    /// Gives a function that joins a slot.
    mutating func insert(_ record: FunctionRecord) -> RowKey {
        let row: RowKey
        if let reused = free.popLast() {
            row = reused
        } else {
            row = slots.count
            slots.append(Slot())
        }
        numbers[record.watched.urn] = row
        slots[row].record = record
        slots[row].lastFailure = nil
        return row
    }

    /// Frees the slot of a function that left.
    mutating func remove(_ row: RowKey) {
        guard slots.indices.contains(row), let record = slots[row].record else { return }
        numbers[record.watched.urn] = nil
        slots[row].record = nil
        slots[row].generation &+= 1
        free.append(row)
    }

    /// Changes a slot that is in use; anything else is left alone.
    mutating func update(_ row: RowKey, _ body: (inout Slot, inout FunctionRecord) -> Void) {
        guard slots.indices.contains(row), var record = slots[row].record else { return }
        slots[row].record = nil
        body(&slots[row], &record)
        slots[row].record = record
    }

    /// The slot of a row that is in use.
    subscript(row: RowKey) -> Slot? {
        guard slots.indices.contains(row), slots[row].record != nil else { return nil }
        return slots[row]
    }

    /// The rows in use, in the order of the watch list.
    var records: [FunctionRecord] { order.compactMap { slots[$0].record } }
}

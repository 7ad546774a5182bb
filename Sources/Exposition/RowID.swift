/// A row of a table. The index is used again after the row was removed, the generation is not: whoever still holds the
/// `RowID` of a removed row is ignored.
public struct RowID: Hashable, Sendable {
    /// The row's place, from 0, dense.
    public let index: Int

    /// How often the place has been given out.
    public let generation: UInt32
}

/// Where a label block stands in the arena of its row's page.
struct BlockReference: Sendable, Equatable {
    var offset: UInt32 = 0
    var length: UInt32 = 0

    /// The bytes' range.
    var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

/// The label blocks of 256 neighbouring rows, one after the other. Strings are touched once, when a row joins.
struct LabelArena: Sendable {
    /// Rows that share an arena.
    static let rowShift = 8

    /// The blocks, and those that are no longer used.
    private(set) var bytes: [UInt8] = []

    /// Bytes that are no longer used.
    private(set) var garbage = 0

    /// Whether more is thrown away than used, and enough to be worth an effort.
    var wantsCompaction: Bool { garbage > 4_096 && garbage * 2 > bytes.count }

    /// Keeps a block.
    mutating func append(_ block: some Collection<UInt8>) -> BlockReference {
        let offset = bytes.count
        bytes.append(contentsOf: block)
        return BlockReference(offset: UInt32(offset), length: UInt32(bytes.count - offset))
    }

    /// Notes that a block is no longer used.
    mutating func discard(_ block: BlockReference) {
        garbage += Int(block.length)
        if garbage == bytes.count {
            bytes.removeAll()
            garbage = 0
        }
    }
}

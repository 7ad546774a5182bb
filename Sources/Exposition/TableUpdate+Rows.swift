extension TableUpdate {
    /// Adds a row: the lowest-cost free place, or a new one.
    mutating func insert(_ block: [UInt8], blocks: [Int: [UInt8]]) -> RowID {
        let index: Int
        if let free = freeRows.popLast() {
            index = free
        } else {
            index = rows.count
            rows.append(Row())
            for family in columns.indices { columns[family].grow(to: rows.count) }
            if arenas.count << LabelArena.rowShift < rows.count { arenas.append(LabelArena()) }
        }
        insertions += 1
        liveCount += 1
        rows[index].generation &+= 1
        rows[index].isLive = true
        rows[index].insertedAs = insertions
        rows[index].block = arenas[index >> LabelArena.rowShift].append(block)
        let row = RowID(index: index, generation: rows[index].generation)
        setBlocks(row, blocks)
        return row
    }

    /// Gives families label blocks of their own. An info that gets one has a sample from then on.
    mutating func setBlocks(_ row: RowID, _ blocks: [Int: [UInt8]]) {
        guard isLive(row) else { return }
        let arena = row.index >> LabelArena.rowShift
        for (family, block) in blocks where columns.indices.contains(family) {
            if columns[family].blocks.isEmpty {
                columns[family].blocks = Array(repeating: BlockReference(), count: rows.count)
            }
            let old = columns[family].blocks[row.index]
            let isSame = arenas[arena].bytes[old.range].elementsEqual(block)
            if !isSame {
                columns[family].blocks[row.index] = arenas[arena].append(block)
                discard(old, in: arena)
                if columns[family].has(row.index) { touch(family, row.index) }
            }
            if columns[family].family.kind == .info { set(row, family, 1) }
        }
        compactIfWanted(arena)
    }

    /// Removes a row with all its samples.
    mutating func remove(_ row: RowID) {
        guard isLive(row) else { return }
        let arena = row.index >> LabelArena.rowShift
        for family in columns.indices {
            clear(row, family)
            if !columns[family].blocks.isEmpty {
                discard(columns[family].blocks[row.index], in: arena)
                columns[family].blocks[row.index] = BlockReference()
            }
        }
        rows[row.index].isLive = false
        discard(rows[row.index].block, in: arena)
        rows[row.index].block = BlockReference()
        freeRows.append(row.index)
        liveCount -= 1
        compactIfWanted(arena)
    }

    private mutating func discard(_ block: BlockReference, in arena: Int) {
        guard block.length > 0 else { return }
        arenas[arena].discard(block)
    }

    /// Moves the blocks that are still used to a new arena. The bytes of a page do not change by it, so no version does.
    private mutating func compactIfWanted(_ arena: Int) {
        guard arenas[arena].wantsCompaction else { return }
        let old = arenas[arena]
        var new = LabelArena()
        let first = arena << LabelArena.rowShift
        for row in first..<min(first + 1 << LabelArena.rowShift, rows.count) {
            rows[row].block = new.append(old.bytes[rows[row].block.range])
            for family in columns.indices where !columns[family].blocks.isEmpty {
                let block = columns[family].blocks[row]
                columns[family].blocks[row] = new.append(old.bytes[block.range])
            }
        }
        arenas[arena] = new
    }
}

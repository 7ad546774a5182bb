extension TableUpdate {
    /// Writes a page of a family; nil where there is none.
    func render(
        family: Int, page: Int, form: ExpositionForm, mark: UInt64, into writer: inout PageWriter
    ) -> UInt64? {
        guard columns.indices.contains(family), columns[family].pageVersions.indices.contains(page) else { return nil }
        if page == 0 { writer.write(columns[family].family.header(form)) }
        renderRows(of: columns[family], page: page, mark: mark, into: &writer)
        return columns[family].pageVersions[page]
    }

    private func renderRows(of column: Column, page: Int, mark: UInt64, into writer: inout PageWriter) {
        let first = page << column.pageShift
        let end = min(first + 1 << column.pageShift, rows.count)
        guard first < end else { return }
        let arena = arenas[first >> LabelArena.rowShift].bytes
        unsafe arena.withUnsafeBufferPointer { arena in
            unsafe column.name.withUnsafeBufferPointer { name in
                for row in first..<end where column.has(row) && rows[row].insertedAs <= mark {
                    var block = rows[row].block
                    if !column.blocks.isEmpty, column.blocks[row].length > 0 { block = column.blocks[row] }
                    let labels = unsafe UnsafeBufferPointer(rebasing: arena[block.range])
                    unsafe renderRow(row, of: column, name: name, labels: labels, into: &writer)
                    if writer.isOverflowed { return }
                }
            }
        }
    }

    /// Writes the lines of one row.
    @inline(__always)
    private func renderRow(
        _ row: Int, of column: Column, name: UnsafeBufferPointer<UInt8>, labels: UnsafeBufferPointer<UInt8>,
        into writer: inout PageWriter
    ) {
        switch column.family.kind {
        case .gauge, .counter:
            unsafe writer.write(name)
            unsafe writer.write(labels)
            if !labels.isEmpty { writer.write(UInt8(ascii: "}")) }
            writer.write(UInt8(ascii: " "))
            writer.write(number: column.numbers[row])
            writer.write(UInt8(ascii: "\n"))
        case .info:
            unsafe writer.write(name)
            unsafe writer.write(labels)
            writer.write(labels.isEmpty ? Self.emptyEnd : Self.infoEnd)
        case .textInfo:
            unsafe writer.write(name)
            unsafe writer.write(labels)
            writer.write(labels.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            writer.write(column.suffixes[0])
            writer.write(column.texts[row])
            writer.write(Self.textEnd)
        case .stateset:
            let current = Int(column.states[row])
            for state in 0..<column.suffixes.count / 2 {
                unsafe writer.write(name)
                unsafe writer.write(labels)
                writer.write(labels.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
                writer.write(column.suffixes[state * 2 + (state == current ? 1 : 0)])
            }
        }
    }

    private static let emptyEnd = Array(" 1\n".utf8)
    private static let infoEnd = Array("} 1\n".utf8)
    private static let textEnd = Array("\"} 1\n".utf8)
}

import Synchronization

/// A page of metrics as plain text, rendered piece by piece as it is asked for.
public final class PieceSource: Sendable {
    private struct Cursor: Sendable {
        var block = 0
        var family = 0
        var page = 0
        var isEnded = false
    }

    /// A piece ends with the first page that brings it to this many bytes.
    static let targetBytes = 64 << 10

    /// The memory a piece gets at first; a page of usual labels has at most half of it.
    private static let capacity = 160 << 10

    private let blocks: [any PagedBlock]
    private let marks: [UInt64]
    private let form: ExpositionForm
    private let cursor = Mutex(Cursor())

    init(_ blocks: [any PagedBlock], form: ExpositionForm) {
        self.blocks = blocks
        self.form = form
        marks = blocks.map { $0.mark() }
    }

    /// The next piece, 64 to 100 KB where labels are of usual length and never empty, or nil after the last.
    public func next() -> [UInt8]? {
        cursor.withLock { cursor in
            var capacity = Self.capacity
            while !cursor.isEnded {
                let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                    var writer = unsafe PageWriter(buffer)
                    fill(&writer, from: &cursor)
                    count = writer.count
                }
                if !piece.isEmpty { return piece }
                // A page that alone is larger than that, or the end.
                capacity *= 2
            }
            return nil
        }
    }

    /// Writes pages until the piece is large enough, no more fit or all is written.
    private func fill(_ writer: inout PageWriter, from cursor: inout Cursor) {
        while writer.count < Self.targetBytes {
            let start = writer.count
            guard cursor.block < blocks.count else {
                writer.write(form.ending)
                cursor.isEnded = true
                return
            }
            let block = blocks[cursor.block]
            let version = block.render(
                family: cursor.family, page: cursor.page, form: form, mark: marks[cursor.block], into: &writer)
            if writer.isOverflowed { return writer.rewind(to: start) }
            if version != nil {
                cursor.page += 1
            } else if cursor.family + 1 < block.familyCount {
                cursor.family += 1
                cursor.page = 0
            } else {
                cursor.block += 1
                cursor.family = 0
                cursor.page = 0
            }
        }
    }
}

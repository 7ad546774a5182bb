import Synchronization

/// The compressed pages of a registry in one form. Compressing is what a scrape costs, so only pages that have changed
/// are compressed anew.
///
/// Small pages that follow each other are compressed together, because each piece costs some 100 bytes and a few
/// microseconds of its own; large pages stand alone, so that a family whose values change at every poll does not dirty
/// its neighbours.
final class PageCache: Sendable {
    /// A page's place and its version.
    private struct Page: Sendable, Equatable {
        var block: Int
        var family: Int
        var page: Int
        var version: UInt64

        func isBefore(_ other: Page) -> Bool {
            (block, family, page) < (other.block, other.family, other.page)
        }
    }

    /// Pages that were compressed together.
    private struct Group: Sendable {
        var pages: [Page]
        var bytes: [UInt8]
        var crc: UInt
        var count: Int
    }

    private struct State: ~Copyable {
        var groups: [Group] = []
        var deflater = Deflater()
        var plain: [UInt8] = []
    }

    /// A group ends with the first page that brings it to this many bytes.
    private static let targetBytes = 16 << 10

    /// How often all is looked at again because rows were inserted meanwhile.
    private static let attempts = 3

    private let blocks: [any PagedBlock]
    private let form: ExpositionForm
    private let state = Mutex(State())

    init(_ blocks: [any PagedBlock], form: ExpositionForm) {
        self.blocks = blocks
        self.form = form
    }

    /// Brings everything up to date and returns it as one gzip member in pieces.
    func member() -> [[UInt8]] {
        state.withLock { state in
            for _ in 0..<Self.attempts {
                let marks = blocks.map { $0.mark() }
                refresh(&state)
                // A row that was removed and inserted again elsewhere during the pass could be there twice.
                if blocks.map({ $0.mark() }) == marks { break }
            }
            var member = GzipMember(capacity: state.groups.count)
            for group in state.groups { member.append(group.bytes, crc: group.crc, count: group.count) }
            member.finish()
            return member.pieces
        }
    }

    /// Goes through the pages in order beside the groups of the last time and keeps those in which nothing changed.
    private func refresh(_ state: inout State) {
        let pages = currentPages()
        var groups: [Group] = []
        groups.reserveCapacity(state.groups.count)
        var old = 0
        var next = 0
        while next < pages.count {
            while old < state.groups.count, state.groups[old].pages[0].isBefore(pages[next]) { old += 1 }
            if old < state.groups.count, pages[next...].starts(with: state.groups[old].pages) {
                groups.append(state.groups[old])
            } else {
                groups.append(compress(pages[next...], with: &state))
            }
            next += groups[groups.count - 1].pages.count
        }
        state.groups = groups
    }

    /// Every page with its version; the ending of the form counts as a page after all blocks.
    private func currentPages() -> [Page] {
        var pages: [Page] = []
        for (index, block) in blocks.enumerated() {
            for family in 0..<block.familyCount {
                for (page, version) in block.pageVersions(family: family).enumerated() {
                    pages.append(Page(block: index, family: family, page: page, version: version))
                }
            }
        }
        pages.append(Page(block: blocks.count, family: 0, page: 0, version: 0))
        return pages
    }

    /// Renders and compresses as many of the pages as make a group, at least one.
    private func compress(_ pages: ArraySlice<Page>, with state: inout State) -> Group {
        if state.plain.isEmpty { state.plain = Array(repeating: 0, count: 128 << 10) }
        while true {
            let (rendered, count) = unsafe state.plain.withUnsafeMutableBufferPointer { buffer in
                var writer = unsafe PageWriter(buffer)
                let rendered = render(pages, into: &writer)
                return (rendered, writer.count)
            }
            if !rendered.isEmpty {
                let (bytes, crc) = state.deflater.compress(state.plain, count: count)
                return Group(pages: rendered, bytes: bytes, crc: crc, count: count)
            }
            // The first page alone did not fit.
            state.plain = Array(repeating: 0, count: state.plain.count * 2)
        }
    }

    /// Writes pages until the group is large enough or no more fit, and returns those.
    private func render(_ pages: ArraySlice<Page>, into writer: inout PageWriter) -> [Page] {
        var rendered: [Page] = []
        for var page in pages {
            let start = writer.count
            if page.block == blocks.count {
                writer.write(form.ending)
            } else if let version = blocks[page.block].render(
                family: page.family, page: page.page, form: form, mark: .max, into: &writer)
            {
                page.version = version
            }
            if writer.isOverflowed {
                writer.rewind(to: start)
                break
            }
            rendered.append(page)
            if writer.count >= Self.targetBytes { break }
        }
        return rendered
    }
}

import Exposition
import Testing

/// What is compressed anew and what is not.
@Suite("The page cache")
struct PageCacheTests {
    private static func table(rows: Int) -> (MetricTable, [RowID]) {
        let table = MetricTable([
            Family("calm", help: "Calm.", kind: .gauge),
            Family("busy_timestamp_seconds", help: "Busy.", kind: .gauge, unit: .seconds),
        ])
        let inserted = (0..<rows).map { row in
            table.insert([
                Label("function_urn", "urn:fss:cn-north-4:0123456789abcdef:function:default:worker-\(row):v1")
            ])
        }
        table.update { table in
            for row in inserted {
                table.set(row, 0, 1)
                table.set(row, 1, 1_782_000_000)
            }
        }
        return (table, inserted)
    }

    /// Where the pieces stand in memory. As long as both results are kept, the same place is the same buffer.
    private static func places(_ pieces: [[UInt8]]) -> [UInt] {
        pieces.map { unsafe $0.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } }
    }

    /// The indices of the pieces that are not those of the last time, header and trailer left out.
    private static func renewed(_ before: [[UInt8]], _ after: [[UInt8]]) -> [Int] {
        let known = Set(places(before))
        return places(after).indices.dropFirst().dropLast().filter { !known.contains(places(after)[$0]) }
    }

    @Test("what did not change is the same buffer again")
    func unchanged() {
        let (table, rows) = Self.table(rows: 1_024)
        let registry = Registry([table])
        let first = registry.gzip(.text)
        // Storing what is there already is no change.
        table.update { $0.set(rows[5], 0, 1) }
        let second = registry.gzip(.text)
        #expect(first.count == 10)
        #expect(Self.renewed(first, second) == [])
    }

    @Test("a changed value costs its own page of its own family")
    func oneValue() {
        let (table, rows) = Self.table(rows: 1_024)
        let registry = Registry([table])
        let first = registry.gzip(.text)
        table.update { $0.set(rows[300], 1, 1_782_000_060) }
        let second = registry.gzip(.text)
        #expect(Self.renewed(first, second) == [6])
        #expect(
            inflateMember(second.flatMap { $0 }).map { String(decoding: $0, as: UTF8.self) }
                == plainText(registry, .text))
        #expect(Self.renewed(second, registry.gzip(.text)) == [])
    }

    @Test("new rows cost the pages they stand on, not those of the families after them")
    func growth() {
        let (table, _) = Self.table(rows: 1_024)
        let registry = Registry([table])
        let first = registry.gzip(.text)
        let row = table.insert([Label("function_urn", "urn:new")])
        table.update { $0.set(row, 0, 1) }
        let second = registry.gzip(.text)
        // The new page of the first family is small, so it takes the first page of the next one in.
        #expect(Self.renewed(first, second).count <= 3)
        #expect(
            inflateMember(second.flatMap { $0 }).map { String(decoding: $0, as: UTF8.self) }
                == plainText(registry, .text))
    }

    @Test("many small families share pieces")
    func smallFamilies() {
        let blocks = (0..<30).map { number in
            let table = MetricTable([Family("scalar_\(number)", help: "Scalar.", kind: .gauge)])
            let row = table.insert([])
            table.update { $0.set(row, 0, 1) }
            return table
        }
        #expect(Registry(blocks).gzip(.text).count == 3)
    }

    @Test("a member that lost a byte, or gained one, is noticed by the reader used here")
    func readerIsStrict() {
        let bytes = Registry([Self.table(rows: 10).0]).gzip(.text).flatMap { $0 }
        #expect(inflateMember(bytes) != nil)
        #expect(inflateMember(Array(bytes.dropLast())) == nil)
        #expect(inflateMember(bytes + [0]) == nil)
        var wrong = bytes
        wrong[wrong.count - 5] ^= 1
        #expect(inflateMember(wrong) == nil)
    }
}

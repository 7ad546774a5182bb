import Testing

@testable import Exposition

/// What a row leaves behind when it is relabelled or removed.
@Suite("The label arena")
struct ArenaTests {
    private static func block(_ number: Int) -> [UInt8] {
        labelBlock([Label("function_urn", "urn:fss:cn-north-4:0123456789abcdef:function:default:worker-\(number):v1")])
    }

    @Test("rows that are relabelled for ever do not grow it")
    func relabelling() {
        var table = TableUpdate([Family("a_info", help: "A.", kind: .info)])
        let rows = (0..<100).map { table.insert(Self.block($0), blocks: [0: Self.block($0)]) }
        let used = table.arenas[0].bytes.count
        for round in 1...100 {
            for row in rows { table.setBlocks(row, [0: Self.block(row.index + round * 100)]) }
        }
        #expect(table.arenas.count == 1)
        #expect(table.arenas[0].bytes.count < used * 3)
        let (own, shared) = (table.columns[0].blocks[42], table.rows[42].block)
        #expect(Array(table.arenas[0].bytes[own.range]) == Self.block(10_042))
        #expect(Array(table.arenas[0].bytes[shared.range]) == Self.block(42))
    }

    @Test("rows that come and go for ever grow neither it nor the columns")
    func comingAndGoing() {
        var table = TableUpdate([Family("a", help: "A.", kind: .gauge)])
        for round in 0..<200 {
            let rows = (0..<50).map { table.insert(Self.block(round * 50 + $0), blocks: [:]) }
            for row in rows { table.remove(row) }
        }
        #expect(table.rows.count == 50)
        #expect(table.columns[0].numbers.count == 50)
        #expect(table.arenas[0].bytes.isEmpty)
    }

    @Test("a label value cannot leave its quotation marks")
    func escaping() {
        let bytes = labelBlock([Label("a", #"x"} 1\"#), Label("b", "\nc{}=,")])
        #expect(String(decoding: bytes, as: UTF8.self) == #"{a="x\"} 1\\",b="\nc{}=,""#)
        #expect(labelBlock([]).isEmpty)
    }
}

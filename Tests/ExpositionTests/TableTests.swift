import Exposition
import Testing

/// Rows, their reuse, and scrapes during which the table changes.
@Suite("The table")
struct TableTests {
    private static let families = [
        Family("a", help: "A.", kind: .gauge),
        Family("b_info", help: "B.", kind: .info),
        Family("c", help: "C.", kind: .stateset(label: "c", states: ["x", "y"])),
        Family("d_info", help: "D.", kind: .textInfo(label: "d")),
        Family("e_total", help: "E.", kind: .counter),
    ]

    /// Whether the line is one that the test's threads bring about.
    private static func isWhole(_ line: Substring) -> Bool {
        let isGauge = line.hasPrefix("a{u=\"w") && line.contains("\"} ") && !line.contains(",")
        let isState = line.hasPrefix("c{u=\"w") && (line.contains("\",c=\"x\"} ") || line.contains("\",c=\"y\"} "))
        return (isGauge || isState) && line.last?.isNumber == true && line.count { $0 == "{" } == 1
    }

    /// The sample lines, without headers.
    private static func lines(_ table: MetricTable) -> [String] {
        plainText(Registry([table]), .text).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test("a row of an old generation is ignored everywhere")
    func generations() {
        let table = MetricTable(Self.families)
        let old = table.insert([Label("u", "old")])
        table.update { $0.set(old, 0, 1) }
        table.remove(old)
        #expect(table.rowCount == 0)
        let new = table.insert([Label("u", "new")])
        #expect(new.index == old.index)
        #expect(new != old)
        table.update { table in
            table.set(old, 0, 5)
            table.add(old, 4, 5)
            table.setState(old, 2, 1)
            table.setText(old, 3, "old")
            table.clear(old, 0)
        }
        table.relabel(old, blocks: [1: [Label("u", "old")]])
        table.remove(old)
        #expect(table.rowCount == 1)
        #expect(Self.lines(table).isEmpty)
        #expect(table.value(old, 0) == nil)
        table.update { $0.set(new, 0, 2) }
        #expect(table.value(old, 0) == nil)
        #expect(Self.lines(table) == [#"a{u="new"} 2"#])
    }

    @Test("a family that does not exist, a state that does not exist and a value of the wrong kind are ignored")
    func wrongCalls() {
        let table = MetricTable(Self.families)
        let row = table.insert([])
        table.update { table in
            table.set(row, 5, 1)
            table.set(row, -1, 1)
            table.set(row, 2, 1)
            table.set(row, 3, 1)
            table.add(row, 1, 1)
            table.setState(row, 0, 0)
            table.setState(row, 2, 2)
            table.setState(row, 2, -1)
            table.setText(row, 0, "x")
            table.clear(row, 9)
        }
        #expect(Self.lines(table).isEmpty)
    }

    @Test("values are told and cleared")
    func values() {
        let table = MetricTable(Self.families)
        let row = table.insert([], blocks: [1: [Label("u", "1")]])
        table.update { table in
            table.set(row, 0, 1.5)
            table.setState(row, 2, 1)
            table.setText(row, 3, "t")
            table.add(row, 4, 2)
            table.add(row, 4, 3)
        }
        #expect((0..<5).map { table.value(row, $0) } == [1.5, 1, 1, 1, 5])
        table.update { table in for family in 0..<5 { table.clear(row, family) } }
        #expect((0..<5).map { table.value(row, $0) } == [nil, nil, nil, nil, nil])
        table.update { $0.add(row, 4, 7) }
        #expect(table.value(row, 4) == 7)
        #expect(Self.lines(table) == ["e_total 7"])
    }

    @Test("a new label block takes the place of the old one")
    func relabelling() {
        let table = MetricTable(Self.families)
        let row = table.insert([Label("u", "1")], blocks: [1: [Label("u", "1"), Label("team", "a")]])
        let registry = Registry([table])
        #expect(decompressedText(registry, .text)?.contains(#"b_info{u="1",team="a"} 1"#) == true)
        table.relabel(row, blocks: [1: [Label("u", "1"), Label("team", "b")]])
        #expect(Self.lines(table) == [#"b_info{u="1",team="b"} 1"#])
        #expect(decompressedText(registry, .text)?.contains(#"b_info{u="1",team="b"} 1"#) == true)
        table.relabel(row, blocks: [1: []])
        #expect(Self.lines(table) == [#"b_info{u="1"} 1"#])
    }

    @Test("a row removed and inserted again elsewhere during a scrape is not there twice, and no line is torn")
    func changesDuringScrape() {
        let table = MetricTable([Self.families[0]])
        let long = String(repeating: "x", count: 300)
        let rows = (0..<1_000).map { table.insert([Label("u", "\($0) \(long)")]) }
        table.update { table in for row in rows { table.set(row, 0, 1) } }
        let source = Registry([table]).pieces(.text)
        var text = source.next() ?? []
        #expect(text.count >= 64 << 10)
        #expect(text.count < 200 << 10)
        table.remove(rows[0])
        table.remove(rows[900])
        for name in ["0", "900", "new"] {
            let row = table.insert([Label("u", "\(name) \(long)")])
            table.update { $0.set(row, 0, 1) }
        }
        while let piece = source.next() { text += piece }
        #expect(source.next() == nil)
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst(2)
        let expected = (0..<1_000).filter { $0 != 900 }.map { "a{u=\"\($0) \(long)\"} 1" }
        #expect(lines.map(String.init) == expected)
    }

    @Test("a page that is larger than a piece's memory is written whole")
    func hugeLabels() {
        let table = MetricTable([Self.families[0], Self.families[1]])
        for row in 0..<40 {
            let label = Label("u", "\(row)" + String(repeating: "y", count: 20_000))
            let inserted = table.insert([label], blocks: [1: [label]])
            table.update { $0.set(inserted, 0, 1) }
        }
        let registry = Registry([table])
        let text = plainText(registry, .text)
        #expect(text.split(separator: "\n").count == 84)
        #expect(text.utf8.count > 1_600_000)
        #expect(decompressedText(registry, .text) == text)
    }

    @Test("threads that change the table while it is scraped tear no line")
    func concurrency() async {
        let table = MetricTable(Self.families)
        let registry = Registry([table])
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<2 {
                group.addTask {
                    for round in 0..<600 {
                        let row = table.insert([Label("u", "w\(worker)r\(round)")])
                        table.update { table in
                            table.set(row, 0, Double(round))
                            table.setState(row, 2, round % 2)
                        }
                        if round % 3 != 0 { table.remove(row) }
                    }
                }
            }
            group.addTask {
                for _ in 0..<15 {
                    for text in [plainText(registry, .text), decompressedText(registry, .text) ?? ""] {
                        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                        #expect(Set(lines.map { $0.prefix { $0 != " " } }).count == lines.count)
                        #expect(lines.allSatisfy { Self.isWhole($0) })
                    }
                }
            }
        }
        #expect(table.rowCount == 400)
        #expect(decompressedText(registry, .text) == plainText(registry, .text))
    }
}

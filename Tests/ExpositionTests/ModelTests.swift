import Exposition
import Testing

/// Random changes, compared with a renderer that knows nothing of pages, arenas and caches.
@Suite("The table and a naive renderer")
struct ModelTests {
    private static let families = [
        Family("a", help: "A.", kind: .gauge),
        Family("b_info", help: "B.", kind: .info),
        Family("c", help: "C.", kind: .stateset(label: "c", states: ["x", "y", "z"])),
        Family("d_info", help: "D.", kind: .textInfo(label: "d")),
        Family("e_total", help: "E.", kind: .counter),
    ]

    /// A row as the naive renderer keeps it.
    private struct Row {
        var labels: [Label]
        var own: [Int: [Label]] = [:]
        var numbers: [Int: Double] = [:]
        var state: Int?
        var text: String?
    }

    private static func quoted(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return "\"\(result)\""
    }

    private static func line(_ name: String, _ labels: [Label], _ value: Int) -> String {
        let inside = labels.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ",")
        return labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(inside)} \(value)\n"
    }

    private static func naive(_ rows: [Int: Row]) -> String {
        let sorted = rows.sorted { $0.key < $1.key }.map(\.value)
        var text = "# HELP a A.\n# TYPE a gauge\n"
        for row in sorted { if let value = row.numbers[0] { text += line("a", row.own[0] ?? row.labels, Int(value)) } }
        text += "# HELP b_info B.\n# TYPE b_info gauge\n"
        for row in sorted { if let own = row.own[1] { text += line("b_info", own, 1) } }
        text += "# HELP c C.\n# TYPE c gauge\n"
        for row in sorted {
            guard let state = row.state else { continue }
            for (index, name) in ["x", "y", "z"].enumerated() {
                text += line("c", row.labels + [Label("c", name)], index == state ? 1 : 0)
            }
        }
        text += "# HELP d_info D.\n# TYPE d_info gauge\n"
        for row in sorted { if let value = row.text { text += line("d_info", row.labels + [Label("d", value)], 1) } }
        text += "# HELP e_total E.\n# TYPE e_total counter\n"
        for row in sorted { if let value = row.numbers[4] { text += line("e_total", row.labels, Int(value)) } }
        return text
    }

    private static func randomText(_ generator: inout SeededGenerator) -> String {
        let pool = ["a", "b", "\\", "\"", "\n", "é", "快照", " ", "=", "{", "}", "😀"]
        return (0..<Int.random(in: 1...60, using: &generator)).map { _ in
            pool[Int.random(in: 0..<pool.count, using: &generator)]
        }.joined()
    }

    private static func randomLabels(_ generator: inout SeededGenerator) -> [Label] {
        let count = Int.random(in: 0...3, using: &generator)
        return (0..<count).map { Label("l\($0)", randomText(&generator)) }
    }

    @Test("random inserts, updates and removals leave what the naive renderer says", arguments: 1...6)
    func random(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        let table = MetricTable(Self.families)
        let registry = Registry([table])
        var ids: [RowID] = []
        var rows: [Int: Row] = [:]
        for step in 0..<6_000 {
            // More joins at first, more removals later, so that pages fill, empty and are compacted.
            let isGrowing = step % 3_000 < 1_500
            switch Int.random(in: 0..<10, using: &generator) {
            case 0...(isGrowing ? 3 : 0):
                var row = Row(labels: Self.randomLabels(&generator))
                // An own block is never empty here: an empty one stands for the row's.
                if Bool.random(using: &generator) {
                    row.own[1] = [Label("k", "1")] + Self.randomLabels(&generator)
                }
                let id = table.insert(row.labels, blocks: row.own)
                #expect(rows[id.index] == nil)
                rows[id.index] = row
                ids.append(id)
            case 4...(isGrowing ? 4 : 6) where !ids.isEmpty:
                let id = ids.remove(at: Int.random(in: 0..<ids.count, using: &generator))
                table.remove(id)
                rows[id.index] = nil
            case _ where !ids.isEmpty:
                let id = ids[Int.random(in: 0..<ids.count, using: &generator)]
                Self.change(table, id, &rows[id.index, default: Row(labels: [])], &generator)
            default: break
            }
            if step % 97 == 0 || step == 5_999 {
                let expected = Self.naive(rows)
                #expect(plainText(registry, .text) == expected)
                #expect(decompressedText(registry, .text) == expected)
            }
        }
        #expect(table.rowCount == rows.count)
    }

    private static func change(
        _ table: MetricTable, _ id: RowID, _ row: inout Row, _ generator: inout SeededGenerator
    ) {
        let value = Int.random(in: 0...3, using: &generator)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0:
            table.update { $0.set(id, 0, Double(value)) }
            row.numbers[0] = Double(value)
        case 1:
            table.update { $0.add(id, 4, Double(value)) }
            row.numbers[4, default: 0] += Double(value)
        case 2:
            table.update { $0.setState(id, 2, value % 3) }
            row.state = value % 3
        case 3:
            let text = randomText(&generator)
            table.update { $0.setText(id, 3, text) }
            row.text = text
        case 4:
            table.update { $0.clear(id, 0) }
            row.numbers[0] = nil
        case 5:
            table.update { $0.clear(id, 2) }
            row.state = nil
        case 6:
            table.update { $0.clear(id, 3) }
            row.text = nil
        case 7:
            let labels = [Label("k", "\(value)")] + randomLabels(&generator)
            table.relabel(id, blocks: [0: labels])
            row.own[0] = labels
        default:
            let labels = [Label("k", "\(value)")] + randomLabels(&generator)
            table.relabel(id, blocks: [1: labels])
            row.own[1] = labels
        }
    }
}

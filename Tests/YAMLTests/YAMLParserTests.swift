import Testing
import YAML

@Suite struct YAMLParserTests {
    struct Bad: CustomTestStringConvertible, Sendable {
        let text: String
        let fault: String
        var testDescription: String { fault }
    }

    @Test(
        "A text that is not taken gives a fault with its exact place",
        arguments: [
            Bad(
                text: "a: 1\nb: 2\n  c: 3\n",
                fault:
                    "f.yml:3:4: mapping values are not allowed in this context: wrong indentation, or text with ': ' that needs quotes"
            ),
            Bad(
                text: "a: [1, 2\nb: 3\n",
                fault: "f.yml:2:2: did not find expected ',' or ']' while parsing a flow sequence that begins at 1:4"),
            Bad(
                text: "a: \"open\n",
                fault: "f.yml:2:1: found unexpected end of stream while scanning a quoted scalar that begins at 1:4"),
            Bad(
                text: "a:\n\t- 1\n",
                fault: "f.yml:2:1: found a tab, expected spaces for indentation"),
            Bad(text: "é: 1\na: @x\n", fault: "f.yml:2:4: text that begins with @ needs quotes"),
            Bad(
                text: "a:\n  b: 1\n c: 2\n",
                fault:
                    "f.yml:3:2: did not find expected key while parsing a block mapping that begins at 1:1: wrong indentation, or text that needs quotes"
            ),
            Bad(text: "a: 1\n---\nb: 2\n", fault: "f.yml:2:1: expected one document, found the beginning of another"),
            Bad(text: "x:\n  c: 1\n  d: 2\n  c: 3\n", fault: "f.yml:4:3: key 'c' stands twice, first at 2:3"),
            Bad(text: "{a: 1, b: 2, a: 3}\n", fault: "f.yml:1:14: key 'a' stands twice, first at 1:2"),
            Bad(text: "? [a, b]\n: 1\n", fault: "f.yml:1:3: expected a key that is plain text"),
            Bad(
                text: "a: &x {b: 1}\nc:\n  <<: *x\n",
                fault: "f.yml:3:3: merge keys (<<) are not supported: write the settings out"),
            Bad(text: "a: *nowhere\n", fault: "f.yml:1:4: unknown alias: text that begins with * needs quotes"),
            Bad(text: "a: &x [*x]\n", fault: "f.yml:1:8: unknown alias: text that begins with * needs quotes"),
            Bad(
                text: "a: !python/object 1\n",
                fault: "f.yml:1:4: tags have no meaning here: text that begins with ! needs quotes"),
            Bad(text: "a: 1\nbé: \u{1}\n", fault: "f.yml:2:5: control characters are not allowed"),
            Bad(text: "a: \u{0}\n", fault: "f.yml:1:4: control characters are not allowed"),
            Bad(
                text: String(repeating: "[", count: 100_000),
                fault: "f.yml:1:33: nested too deep: expected at most 32 levels"),
        ])
    func badText(_ row: Bad) {
        #expect(throws: Fault.self) { try YAMLParser.parse(Array(row.text.utf8), file: "f.yml") }
        let faults = FaultCollector(file: "f.yml")
        _ = YAMLParser.parse(Array(row.text.utf8), faults)
        #expect(faults.faults.map(\.description) == [row.fault])
    }

    @Test("Bytes that are not UTF-8 are refused where they stand")
    func badEncoding() {
        let faults = FaultCollector(file: "f.yml")
        #expect(YAMLParser.parse(Array("é: 1\r\nab: ".utf8) + [0xC3, 0x28], faults) == nil)
        #expect(faults.faults.map(\.description) == ["f.yml:2:5: expected UTF-8 text"])
        let utf16 = FaultCollector(file: "f.yml")
        #expect(YAMLParser.parse([0xFF, 0xFE, 0x61, 0x00], utf16) == nil)
        #expect(utf16.faults.map(\.description) == ["f.yml:1:1: expected UTF-8 text"])
    }

    @Test("Every repeated key is told, not only the first")
    func allRepeatedKeys() {
        let faults = FaultCollector(file: "f.yml")
        #expect(YAMLParser.parse(Array("a: 1\na: 2\nb: {c: 1, c: 2}\n".utf8), faults) != nil)
        #expect(faults.faults.map(\.mark) == [Mark(line: 2, column: 1), Mark(line: 3, column: 11)])
    }

    @Test("A repeated key is found in a large mapping too")
    func largeMapping() {
        let text = (0..<1000).map { "key\($0): x\n" }.joined() + "key500: y\n"
        let faults = FaultCollector(file: "f.yml")
        _ = YAMLParser.parse(Array(text.utf8), faults)
        #expect(faults.faults.map(\.description) == ["f.yml:1001:1: key 'key500' stands twice, first at 501:1"])
    }

    @Test("An empty text is no node", arguments: ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\u{FEFF}"])
    func emptyText(_ text: String) throws {
        #expect(try YAMLParser.parse(Array(text.utf8), file: "f.yml") == nil)
    }

    @Test("Nodes keep their places, in flow and block style, behind a byte order mark and non-ASCII letters")
    func places() throws {
        let text = "\u{FEFF}über: {k: [1, \"two\"]}\nblock:\n  - x\n"
        let root = try #require(try YAMLParser.parse(Array(text.utf8), file: "f.yml"))
        let expected = Node(
            mark: Mark(line: 1, column: 1),
            content: .mapping([
                Entry(
                    key: "über", keyMark: Mark(line: 1, column: 1),
                    value: Node(
                        mark: Mark(line: 1, column: 7),
                        content: .mapping([
                            Entry(
                                key: "k", keyMark: Mark(line: 1, column: 8),
                                value: Node(
                                    mark: Mark(line: 1, column: 11),
                                    content: .sequence([
                                        Node(mark: Mark(line: 1, column: 12), content: .scalar("1", plain: true)),
                                        Node(mark: Mark(line: 1, column: 15), content: .scalar("two", plain: false)),
                                    ])))
                        ]))),
                Entry(
                    key: "block", keyMark: Mark(line: 2, column: 1),
                    value: Node(
                        mark: Mark(line: 3, column: 3),
                        content: .sequence([
                            Node(mark: Mark(line: 3, column: 5), content: .scalar("x", plain: true))
                        ]))),
            ]))
        #expect(root == expected)
    }

    @Test("An alias stands for its anchor's content, at its own place")
    func aliases() throws {
        let root = try YAMLParser.parse(Array("a: &x [1]\nb: *x\n".utf8), file: "f.yml")
        guard case .mapping(let entries) = root?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(entries[0].value.content == entries[1].value.content)
        #expect(entries[1].value.mark == Mark(line: 2, column: 4))
    }

    @Test("A text whose aliases would write out to too many nodes is refused at the alias")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let faults = FaultCollector(file: "f.yml")
        #expect(YAMLParser.parse(Array(text.utf8), faults) == nil)
        #expect(faults.faults.count == 1)
        #expect(faults.faults.first?.message == "too large: expected at most 2000000 nodes, aliases written out")
    }

    @Test("The tag !!str makes text of a scalar")
    func stringTag() throws {
        let root = try YAMLParser.parse(Array("!!str no".utf8), file: "f.yml")
        #expect(root?.content == .scalar("no", plain: false))
    }
}

import Testing
import YAML

@Suite struct NodeReadersTests {
    enum Reader: Sendable { case text, integer, number, boolean, duration, list, mapping }

    struct Bad: Sendable {
        let reader: Reader
        let value: String
        let fault: String
    }

    @Test(
        "A value of the wrong kind is told with what was expected",
        arguments: [
            Bad(reader: .text, value: "[a]", fault: "f.yml:1:4: the key: expected text, found a list"),
            Bad(reader: .text, value: "", fault: "f.yml:1:3: the key: expected text, found nothing"),
            Bad(
                reader: .integer, value: "x",
                fault: "f.yml:1:4: the key: expected a whole number from 1 to 9, found 'x'"),
            Bad(
                reader: .integer, value: "10",
                fault: "f.yml:1:4: the key: expected a whole number from 1 to 9, found '10'"),
            Bad(
                reader: .integer, value: "1.0",
                fault: "f.yml:1:4: the key: expected a whole number from 1 to 9, found '1.0'"),
            Bad(
                reader: .integer, value: "99999999999999999999",
                fault: "f.yml:1:4: the key: expected a whole number from 1 to 9, found '99999999999999999999'"),
            Bad(
                reader: .number, value: "nan", fault: "f.yml:1:4: the key: expected a number from 0.5 to 9, found 'nan'"
            ),
            Bad(
                reader: .number, value: "0x1", fault: "f.yml:1:4: the key: expected a number from 0.5 to 9, found '0x1'"
            ),
            Bad(
                reader: .number, value: "{}",
                fault: "f.yml:1:4: the key: expected a number from 0.5 to 9, found a mapping"),
            Bad(reader: .boolean, value: "yes", fault: "f.yml:1:4: the key: expected true or false, found 'yes'"),
            Bad(reader: .boolean, value: "True", fault: "f.yml:1:4: the key: expected true or false, found 'True'"),
            Bad(
                reader: .duration, value: "10",
                fault: "f.yml:1:4: the key: expected a duration such as 90s or 1m30s, from 5s to 1d, found '10'"),
            Bad(
                reader: .duration, value: "4s999ms",
                fault: "f.yml:1:4: the key: expected a duration such as 90s or 1m30s, from 5s to 1d, found '4s999ms'"),
            Bad(reader: .list, value: "hush", fault: "f.yml:1:4: the key: expected a list, found text"),
            Bad(reader: .mapping, value: "hush", fault: "f.yml:1:4: the key: expected a mapping, found text"),
        ])
    func badValue(_ row: Bad) throws {
        let faults = FaultCollector(file: "f.yml")
        var root = try #require(
            try YAMLParser.parse(Array("k: \(row.value)\n".utf8), file: "f.yml")?.mapping(faults, ""))
        let found = root.take("k")
        let node = try #require(found)
        switch row.reader {
        case .text: #expect(node.text(faults, "the key") == nil)
        case .integer: #expect(node.integer(faults, "the key", in: 1...9) == nil)
        case .number: #expect(node.number(faults, "the key", in: 0.5...9) == nil)
        case .boolean: #expect(node.boolean(faults, "the key") == nil)
        case .duration: #expect(node.duration(faults, "the key", in: .seconds(5)...(.seconds(86400))) == nil)
        case .list: #expect(node.list(faults, "the key") == nil)
        case .mapping: #expect(node.mapping(faults, "the key") == nil)
        }
        #expect(faults.faults.map(\.description) == [row.fault])
    }

    @Test("The reader gives a scalar its type, quoted or not")
    func goodValues() throws {
        let faults = FaultCollector(file: "f.yml")
        let source = "{text: no, empty: '', integer: '7', number: 2.5e0, boolean: true, duration: 1m30s, list: [a]}"
        var root = try #require(try YAMLParser.parse(Array(source.utf8), file: "f.yml")?.mapping(faults, ""))
        let text = root.take("text")?.text(faults, "")
        #expect(text == "no")
        let empty = root.take("empty")?.text(faults, "")
        #expect(empty == "")
        let integer = root.take("integer")?.integer(faults, "", in: 1...9)
        #expect(integer == 7)
        let number = root.take("number")?.number(faults, "", in: 0...9)
        #expect(number == 2.5)
        let boolean = root.take("boolean")?.boolean(faults, "")
        #expect(boolean == true)
        let duration = root.take("duration")?.duration(faults, "", in: .zero...(.seconds(100)))
        #expect(duration == .seconds(90))
        let list = root.take("list")?.list(faults, "")?.count
        #expect(list == 1)
        root.finish()
        #expect(faults.faults == [])
    }

    @Test("Keys that are unknown or missing are told")
    func keys() throws {
        let faults = FaultCollector(file: "f.yml")
        let text = "intervall: 1\nexpcet: 2\nzebra: 3\n\"a\\nb\": 4\n"
        var root = try #require(try YAMLParser.parse(Array(text.utf8), file: "f.yml")?.mapping(faults, ""))
        let absent = [root.require("urn"), root.take("interval"), root.take("expect")]
        #expect(absent == [nil, nil, nil])
        root.finish()
        #expect(
            faults.faults.map(\.description) == [
                "f.yml:1:1: expected the key 'urn'",
                "f.yml:1:1: unknown key 'intervall', did you mean 'interval'?",
                "f.yml:2:1: unknown key 'expcet', did you mean 'expect'?",
                "f.yml:3:1: unknown key 'zebra', expected one of urn, interval, expect",
                "f.yml:4:1: unknown key 'a\\u{A}b', expected one of urn, interval, expect",
            ])
    }
}

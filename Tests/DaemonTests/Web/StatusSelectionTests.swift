import FunctionGraph
import Settings
import Testing

@testable import Daemon

@Suite("Which functions the status page shows, and in which order")
struct StatusSelectionTests {
    private static func names(_ records: [FunctionRecord], _ query: [(name: String, value: String)]) -> [String] {
        StatusSelection(records, StatusView(query)).records.map(\.watched.urn.name)
    }

    private static func sample() throws -> [FunctionRecord] {
        var records = [
            try PageSamples.record("good"),
            try PageSamples.record("making", .creating),
            try PageSamples.record("expired", .expire, labels: ["team": "Billing"]),
            try PageSamples.record("refused", nil, failure: PageSamples.refusal("No Permission")),
            try PageSamples.record("new", nil),
            try PageSamples.record("free", .disable, expect: []),
        ]
        records[2].sinceUnixSeconds = PageSamples.nowUnixSeconds - 5000
        records[2].code = "FSS.1162"
        records[4].lastPollUnixSeconds = nil
        return records
    }

    @Test("what needs someone comes first")
    func urgency() throws {
        #expect(Self.names(try Self.sample(), []) == ["expired", "refused", "new", "making", "free", "good"])
    }

    @Test(
        "the filters of the address",
        arguments: [
            ([("state", "expire")], ["expired"]),
            ([("state", "expire"), ("state", "none")], ["expired", "refused", "new"]),
            ([("unexpected", "1")], ["expired"]),
            ([("failing", "1")], ["refused"]),
            ([("unexpected", "1"), ("failing", "1")], ["expired", "refused"]),
            ([("unexpected", "1"), ("state", "enable")], []),
            ([("q", "GOOD")], ["good"]),
            ([("q", "team=billing")], ["expired"]),
            ([("q", "  default:   permission ")], ["refused"]),
            ([("q", "0badc0de")], ["refused"]),
            ([("q", "fss.1162")], ["expired"]),
            ([("q", "account=production source=list :free:")], ["free"]),
            ([("q", "nowhere")], []),
        ] as [([(String, String)], [String])])
    func filters(query: [(String, String)], expected: [String]) throws {
        #expect(Self.names(try Self.sample(), query.map { (name: $0.0, value: $0.1) }) == expected)
    }

    @Test(
        "the orders of the address; what a function lacks comes last both ways",
        arguments: [
            ("function", "asc", ["expired", "free", "good", "making", "new", "refused"]),
            ("function", "desc", ["refused", "new", "making", "good", "free", "expired"]),
            ("state", "asc", ["good", "free", "making", "expired", "new", "refused"]),
            ("state", "desc", ["expired", "making", "free", "good", "new", "refused"]),
            ("since", "asc", ["expired", "free", "good", "making", "new", "refused"]),
            ("poll", "desc", ["expired", "free", "good", "making", "refused", "new"]),
            ("error", "asc", ["refused", "expired", "free", "good", "making", "new"]),
        ])
    func orders(column: String, direction: String, expected: [String]) throws {
        #expect(Self.names(try Self.sample(), [("sort", column), ("order", direction)]) == expected)
    }

    @Test(
        "pages hold 100 functions, and a page past the end is the last one",
        arguments: [
            (0, 1, 1, 1, 0, 0), (100, 1, 1, 1, 1, 100), (101, 1, 2, 1, 1, 100), (101, 2, 2, 2, 101, 101),
            (250, 99, 3, 3, 201, 250),
        ])
    func pages(count: Int, asked: Int, pages: Int, page: Int, first: Int, last: Int) throws {
        let records = try (0..<count).map { try PageSamples.record("worker-\($0)") }
        let selection = StatusSelection(records, StatusView([("page", String(asked))]))
        #expect(selection.pages == pages)
        #expect(selection.page == page)
        #expect(selection.matches == count)
        if count > 0 {
            #expect(selection.first == first)
            #expect(selection.last == last)
            #expect(selection.records.first?.watched.urn.name == "worker-\(first - 1)")
        }
    }

    @Test("a function that is not as expected and failing counts once as trouble")
    func counts() throws {
        var records = try Self.sample()
        records[2].failure = PageSamples.refusal()
        let counts = StatusCounts(records)
        #expect(counts.watched == 6)
        #expect(counts.asExpected == 2)
        #expect(counts.unexpected == 1)
        #expect(counts.failing == 2)
        #expect(counts.inTrouble == 2)
        #expect(counts.perState[.none] == 2)
        #expect(counts.perState[.state(.enable)] == 1)
    }
}

@Suite("Names with numbers")
struct NaturalOrderTests {
    @Test(
        "are in the order people expect",
        arguments: [
            ("worker-2", "worker-10"), ("worker-1:v1", "worker-10:v1"), ("a", "b"), ("a", "a1"), ("a1", "a1b"),
            ("v007", "v8"), ("a01b", "a1c"), ("", "a"), ("x99999999999999999999998", "x99999999999999999999999"),
            ("a01", "a1"),
        ])
    func natural(first: String, second: String) {
        #expect(NaturalOrder.precedes(first, second))
        #expect(!NaturalOrder.precedes(second, first))
        #expect(!NaturalOrder.precedes(first, first))
    }
}

import FunctionGraph
import Settings
import Testing

@testable import Daemon

struct RowBookTests {
    private func record(_ name: String) throws -> FunctionRecord {
        let watched = try Samples.watched(name)
        return FunctionRecord(watched: watched, rowID: FunctionMetrics().insert(watched, labelNames: []))
    }

    @Test func `a row is found by number and by function until it is removed`() throws {
        var book = RowBook()
        let a = book.insert(try record("a"))
        let b = book.insert(try record("b"))
        book.order = [b, a]
        #expect(book.row(of: try Samples.urn("a")) == a)
        #expect(book.records.map(\.watched.urn.name) == ["b", "a"])
        book.update(a) { slot, record in
            slot.project = 7
            record.state = .expire
        }
        #expect(book[a]?.project == 7)
        #expect(book[a]?.record?.state == .expire)
        book.remove(a)
        #expect(book[a] == nil)
        #expect(book.row(of: try Samples.urn("a")) == nil)
        #expect(book.records.map(\.watched.urn.name) == ["b"])
    }

    @Test func `a row that is given out again has another generation and none of what was there`() throws {
        var book = RowBook()
        let a = book.insert(try record("a"))
        let first = try #require(book[a]?.generation)
        book.update(a) { slot, _ in slot.lastFailure = Samples.failure(.timeout) }
        book.remove(a)
        book.remove(a)
        let b = book.insert(try record("b"))
        #expect(b == a)
        #expect(book[b]?.generation == first + 1)
        #expect(book[b]?.lastFailure == nil)
        #expect(book.insert(try record("c")) != b)
    }

    @Test func `numbers that were never given out are nobody's`() {
        var book = RowBook()
        book.remove(3)
        book.update(3) { _, _ in Issue.record("there is no such row") }
        book.update(-1) { _, _ in Issue.record("there is no such row") }
        #expect(book[0] == nil)
    }

    @Test func `keys keep their numbers`() {
        var keys = KeyBook<String>()
        #expect(keys.number("a") == 0)
        #expect(keys.number("b") == 1)
        #expect(keys.number("a") == 0)
        #expect(keys.known("b") == 1)
        #expect(keys.known("c") == nil)
        #expect(keys[1] == "b")
        #expect(keys[2] == nil)
        #expect(keys[-1] == nil)
    }
}

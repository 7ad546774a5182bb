import FunctionGraph
import Settings

/// What a view shows of the functions: one page of those that match, in order.
///
/// Only small keys are sorted, never the records: 20,000 of them take milliseconds.
struct StatusSelection: Sendable {
    /// Functions on one page.
    static let pageSize = 100

    /// The functions of this page.
    let records: [FunctionRecord]
    /// Functions that match, on all pages.
    let matches: Int
    /// This page, from 1; the last one where the address asks for more.
    let page: Int
    /// Pages there are, at least 1.
    let pages: Int

    /// The number of the first function of this page among the matches, from 1.
    var first: Int { (page - 1) * Self.pageSize + 1 }
    /// The number of the last one.
    var last: Int { first + records.count - 1 }

    init(_ all: [FunctionRecord], _ view: StatusView) {
        let filter = StatusFilter(view)
        var keys: [Key] = []
        keys.reserveCapacity(all.count)
        for index in all.indices where filter.matches(all[index]) {
            keys.append(Key(rank: Self.rank(all[index], view), urn: all[index].watched.urn.canonical, index: index))
        }
        let isReversed = view.isDescending && view.order == .function
        keys.sort { a, b in
            if a.rank != b.rank { return view.isDescending ? a.rank > b.rank : a.rank < b.rank }
            return isReversed ? NaturalOrder.precedes(b.urn, a.urn) : NaturalOrder.precedes(a.urn, b.urn)
        }
        matches = keys.count
        pages = max(1, (keys.count + Self.pageSize - 1) / Self.pageSize)
        page = min(view.page, pages)
        let start = (page - 1) * Self.pageSize
        records = keys[start..<min(keys.count, start + Self.pageSize)].map { all[$0.index] }
    }

    private struct Key {
        let rank: Double
        let urn: String
        let index: Int
    }

    /// What goes before the URN; what a function lacks comes last in either direction.
    private static func rank(_ record: FunctionRecord, _ view: StatusView) -> Double {
        let absent = view.isDescending ? -Double.infinity : .infinity
        return switch view.order {
        case .urgency: Double(record.urgency)
        case .state: record.state.flatMap(SnapshotState.allCases.firstIndex).map(Double.init) ?? absent
        case .function: 0
        case .since: record.state == nil ? absent : record.sinceUnixSeconds ?? absent
        case .poll: record.lastPollUnixSeconds ?? absent
        case .error:
            record.failure.flatMap { FailureReason.allCases.firstIndex(of: $0.reason) }.map(Double.init) ?? absent
        }
    }
}

extension FunctionRecord {
    /// What needs someone first has the smallest; 0 and 1 are trouble.
    var urgency: Int {
        switch (isAsExpected, failure) {
        case (false?, _): 0
        case (_, .some): 1
        case (nil, _): state == nil ? 2 : 4
        case (true?, _): state == .creating ? 3 : 5
        }
    }

    /// Whether someone should look: the state is not as expected, or nobody knows it.
    var isTrouble: Bool { urgency <= 1 }
}

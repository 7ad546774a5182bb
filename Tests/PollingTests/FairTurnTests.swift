import Testing

@testable import Polling

/// The arithmetic of a list that is longer than its rate.
@Suite struct FairTurnTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var intervals: [Int64: Int]
        var rate: Double
        var turn: Double
        var testDescription: String { "\(intervals) rows by seconds at \(rate)/s: \(turn) s" }
    }

    @Test(
        "The fair turn is the time that the rate needs for what it cannot serve at its interval",
        arguments: [
            Case(intervals: [:], rate: 10, turn: 0),
            Case(intervals: [60: 600], rate: 10, turn: 0),
            Case(intervals: [60: 1200], rate: 10, turn: 120),
            Case(intervals: [60: 2533], rate: 6, turn: 422.167),
            // The long ones stay at their interval: 600/600 = 1/s; 9/s are left for 1,800.
            Case(intervals: [60: 1800, 600: 600], rate: 10, turn: 200),
            // Two classes meet: (60 + 120 + 300) / 1.
            Case(intervals: [5: 60, 60: 120, 300: 300], rate: 1, turn: 480),
            Case(intervals: [30: 60, 3600: 36], rate: 1, turn: 60.606),
        ])
    func turn(_ test: Case) {
        let intervals = Dictionary(uniqueKeysWithValues: test.intervals.map { ($0 * 1_000_000_000, $1) })
        let turn = Double(FairTurn.nanoseconds(intervals: intervals, rate: test.rate)) / 1e9
        #expect(abs(turn - test.turn) <= 0.011)
        if turn > 0 {
            let asked = intervals.reduce(0) { $0 + Double($1.value) / max(Double($1.key) / 1e9, turn) }
            #expect(asked <= test.rate && asked > test.rate * 0.999)
        }
    }
}

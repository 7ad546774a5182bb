/// The arithmetic of a rate that does not serve every row at its configured interval.
enum FairTurn {
    /// The time T of one fair turn: rows with a shorter interval are polled every T, the others at their interval, and
    /// all together ask for `rate` requests a second. 0 where the rate serves everything.
    /// `intervals`: how many rows have which interval in nanoseconds.
    static func nanoseconds(intervals: [Int64: Int], rate: Double) -> Int64 {
        var unstretched = demand(intervals)
        guard unstretched > rate * (1 + 1e-9), rate > 0 else { return 0 }
        var stretched = 0.0
        let sorted = intervals.sorted { $0.key < $1.key }
        var turn = 0.0
        for (position, (interval, count)) in sorted.enumerated() {
            unstretched -= Double(count) * 1e9 / Double(interval)
            stretched += Double(count)
            let left = rate - max(0, unstretched)
            guard left > 0 else { continue }
            turn = stretched / left
            let next = position + 1 < sorted.count ? Double(sorted[position + 1].key) / 1e9 : .infinity
            if turn <= next {
                break
            }
        }
        // Up to a tick, so that rounding never makes a row earlier than its turn. (`rounded` would need libm.)
        return (Int64(min(turn, 1e8) * 100 - 1e-6) + 1) * 10_000_000
    }

    /// Requests a second at the configured intervals.
    static func demand(_ intervals: [Int64: Int]) -> Double {
        intervals.reduce(0) { $0 + Double($1.value) * 1e9 / Double($1.key) }
    }
}

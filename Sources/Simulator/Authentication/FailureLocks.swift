/// Locks a name after so many failures in a row: an access key (5 failures, 5 minutes) or a user (5 failures within
/// 15 minutes, 15 minutes).
struct FailureLocks: Sendable {
    private struct Record {
        var failures = 0
        var firstNanoseconds: Int64
        var lockedUntilNanoseconds: Int64 = .min
    }

    /// 0: never locks.
    let after: Int
    let forNanoseconds: Int64
    /// Failures further back than this are forgotten; nil: only a success forgets them.
    let windowNanoseconds: Int64?
    private var records: [String: Record] = [:]

    /// Names kept at most: callers choose them freely.
    private static let namesMax = 10000

    init(after: Int, forNanoseconds: Int64, windowNanoseconds: Int64? = nil) {
        self.after = after
        self.forNanoseconds = forNanoseconds
        self.windowNanoseconds = windowNanoseconds
    }

    func isLocked(_ name: String, nowNanoseconds: Int64) -> Bool {
        records[name].map { nowNanoseconds < $0.lockedUntilNanoseconds } ?? false
    }

    mutating func failed(_ name: String, nowNanoseconds: Int64) {
        guard after > 0 else { return }
        if records.count >= Self.namesMax, records[name] == nil { records.removeAll() }
        var record = records[name] ?? Record(firstNanoseconds: nowNanoseconds)
        if let windowNanoseconds, nowNanoseconds - record.firstNanoseconds >= windowNanoseconds {
            record = Record(firstNanoseconds: nowNanoseconds)
        }
        record.failures += 1
        if record.failures >= after {
            record = Record(
                firstNanoseconds: nowNanoseconds, lockedUntilNanoseconds: nowNanoseconds + forNanoseconds)
        }
        records[name] = record
    }

    mutating func succeeded(_ name: String) {
        // Nearly always there is nothing to forget.
        if !records.isEmpty { records[name] = nil }
    }
}

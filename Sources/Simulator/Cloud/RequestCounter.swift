/// Counts requests by what they asked for and what they got.
struct RequestCounter: Sendable {
    struct Key: Hashable, Sendable {
        let operation: CloudOperation
        let project: String
        let status: Int
    }

    private(set) var counts: [Key: Int] = [:]
    private(set) var total = 0
    /// Signed requests whose key or signature was refused.
    var wrongKey = 0
    /// Requests whose token was refused.
    var wrongToken = 0

    /// A request that got no whole answer counts with status 0.
    mutating func count(_ call: CloudCall, status: Int) {
        total += 1
        counts[Key(operation: call.operation, project: call.project, status: status), default: 0] += 1
    }
}

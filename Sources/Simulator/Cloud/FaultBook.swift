/// The faults in force and how often each has struck.
struct FaultBook: Sendable {
    private let rules: [FaultRule]
    private var struck: [Int]
    private let sinceNanoseconds: Int64

    init(_ rules: [FaultRule], sinceNanoseconds: Int64) {
        self.rules = rules
        self.sinceNanoseconds = sinceNanoseconds
        struck = rules.map { _ in 0 }
    }

    /// The first rule that strikes a call. A rule whose probability spares the call leaves it to the rules after it.
    mutating func strike(_ call: CloudCall, nowNanoseconds: Int64, random: inout SplitMix) -> FaultRule? {
        let elapsed = nowNanoseconds - sinceNanoseconds
        for (index, rule) in rules.enumerated() {
            guard elapsed >= rule.atNanoseconds else { continue }
            if let length = rule.forNanoseconds, elapsed - rule.atNanoseconds >= length { continue }
            if rule.times > 0, struck[index] >= rule.times { continue }
            guard rule.operation == nil || rule.operation == call.operation,
                rule.region == nil || rule.region == call.region,
                rule.project == nil || rule.project == call.project
            else { continue }
            if let urn = rule.urn {
                guard let text = call.urn, urn.matches(text) else { continue }
            }
            if rule.probability < 1, random.nextUnit() >= rule.probability { continue }
            struck[index] += 1
            return rule
        }
        return nil
    }
}

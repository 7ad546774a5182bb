/// The states of a snapshot over time.
struct Life: Sendable, Equatable {
    /// At least one.
    let steps: [LifeStep]
    /// Whether it begins anew after the last step; else the last step stays.
    let repeats: Bool

    /// The step at a time after the beginning; a time before it counts as the beginning.
    func step(afterNanoseconds elapsed: Int64) -> LifeStep? {
        var left = max(elapsed, 0)
        if repeats {
            let total = steps.reduce(0) { $0 + ($1.nanoseconds ?? 0) }
            if total > 0 { left %= total }
        }
        for step in steps {
            guard let length = step.nanoseconds, left >= length else { return step }
            left -= length
        }
        return steps.last
    }
}

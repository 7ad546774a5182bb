import FunctionGraph

/// How many functions there are of each kind, whatever the filter.
struct StatusCounts: Sendable, Equatable {
    private(set) var perState: [StatusView.StateChoice: Int] = [:]
    private(set) var watched = 0
    private(set) var asExpected = 0
    private(set) var unexpected = 0
    /// The last poll failed, or something keeps polls back.
    private(set) var failing = 0
    /// Not as expected or failing; a function that is both counts once.
    private(set) var inTrouble = 0

    init(_ records: [FunctionRecord]) {
        for record in records {
            watched += 1
            perState[record.state.map(StatusView.StateChoice.state) ?? .none, default: 0] += 1
            switch record.isAsExpected {
            case true?: asExpected += 1
            case false?: unexpected += 1
            case nil: break
            }
            if record.failure != nil { failing += 1 }
            if record.isTrouble { inTrouble += 1 }
        }
    }
}

/// What the schedule keeps for a project: its rate, its slots, whether it can be reached, its load.
struct Project: Sendable {
    var isPresent = false
    var isDiscovered = false
    var lanes: [Int32] = []
    var nextLane = 0
    var rows = 0
    /// How many rows have which interval.
    var intervals: [Int64: Int] = [:]
    var demand = 0.0
    /// The time of one fair turn in nanoseconds; 0: every row is served at its interval.
    var turn: Int64 = 0
    /// The part of the rate that is used; see ``Schedule/refreshTurn(_:)``.
    var pace = 1.0
    /// Rows whose snapshot is being made.
    var creating = 0
    var creatingInTurn = 0

    var control: RateControl
    /// What turns are worked out from.
    var served = ServedRate()
    var pacer = Pacer()
    var permitPacer = Pacer()
    var switchCredit = 0.0
    var inFlight = 0
    var wakeAt: Int64 = .max
    var isDirty = false

    var unreachableInRow = 0
    var heldSince: Int64?
    var heldBy: FailureKind = .connect
    var nextTrial: Int64 = 0
    var trialInFlight = false
    /// Lag is not counted from before this moment.
    var openSince: Int64 = .min
    /// The last answer of any kind, or the moment the first of the requests under way was sent.
    var heardAt: Int64 = .min

    var switchRefusals = 0
    var switchEnded = false

    var throttleWait: Int64 = 0
    var countedAt: Int64 = 0
    var waitsForRate = false

    init(maximumRate: Double) {
        control = RateControl(maximum: maximumRate)
    }
}

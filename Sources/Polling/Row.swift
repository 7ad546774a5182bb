/// What the schedule keeps for a watched function: 64 bytes, of which a hundred thousand fit into the processor's
/// cache. Times are nanoseconds of the caller's clock.
struct Row: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt16
        /// Its state poll waits to be sent.
        static let stateQueued = Flags(rawValue: 1)
        /// Its switch poll waits to be sent.
        static let switchQueued = Flags(rawValue: 2)
        /// The last good answer said `creating`.
        static let creating = Flags(rawValue: 4)
        /// It had a good answer and has not been told stale since.
        static let known = Flags(rawValue: 8)
        /// A timer for staleness is in the heap.
        static let staleTimed = Flags(rawValue: 16)
        /// The last state poll got a good answer.
        static let lastGood = Flags(rawValue: 32)
        /// It has not been polled yet.
        static let unpolled = Flags(rawValue: 64)
    }

    static let absent = Row(interval: 1, lane: -1, phase: 0)

    var interval: Int64
    /// The moment its last poll was due (sent, where the row is stretched by overload); the next is due one effective
    /// interval later, lag is counted from one configured interval later.
    var base: Int64 = 0
    /// When the state is due next; meaningful while neither waiting nor under way.
    var due: Int64 = 0
    var switchDue: Int64 = 0
    var lastGood: Int64 = 0
    /// The lane it belongs to; -1: no row has this number.
    var lane: Int32
    /// Its place in an interval, as a fraction of 2^32.
    var phase: UInt32
    /// The polls under way; -1: none.
    var statePoll: Int32 = -1
    var switchPoll: Int32 = -1
    var flags: Flags = []

    init(interval: Int64, lane: Int32, phase: UInt32) {
        self.interval = interval
        self.lane = lane
        self.phase = phase
    }

    var isPresent: Bool { lane >= 0 }

    /// Nothing of its state poll is waiting or under way.
    var isIdle: Bool { statePoll < 0 && !flags.contains(.stateQueued) }

    /// Its place within a period of this length.
    func place(_ period: Int64) -> Int64 {
        Int64(Double(phase) / 4_294_967_296 * Double(period))
    }
}

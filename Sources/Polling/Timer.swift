/// A deadline in the heap, packed into 8 bytes: 39 bits of milliseconds since the schedule's epoch (17 years), what it
/// is for, and a number (a row's, poll's, project's, account's or request's). A timer is never taken out before its
/// time: whoever it was for looks whether it still means anything.
struct Timer: Sendable, Comparable {
    enum Purpose: UInt64 {
        case state = 0
        case `switch`
        case stale
        case poll
        case project
        case account
        case request
    }

    static let indexLimit = 1 << 22

    let packed: UInt64

    init(millisecond: Int64, purpose: Purpose, index: Int) {
        packed = UInt64(max(0, millisecond)) << 25 | purpose.rawValue << 22 | UInt64(index)
    }

    var millisecond: Int64 { Int64(packed >> 25) }
    var purpose: Purpose? { Purpose(rawValue: packed >> 22 & 7) }
    var index: Int { Int(packed & 0x3F_FFFF) }

    static func < (left: Timer, right: Timer) -> Bool {
        left.packed < right.packed
    }
}

/// A discovery request that waits or is under way.
struct Permit: Sendable {
    /// -1: its project has left.
    var lane: Int32
    /// -1: it waits.
    var request: Int32 = -1
}

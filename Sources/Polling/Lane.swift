/// What waits for one account in one project. Most projects have one lane.
struct Lane: Sendable {
    /// -1: free.
    var project: Int32 = -1
    var account: Int32 = -1
    var rows = 0
    /// Discovery has asked here.
    var hadPermits = false
    /// Rows whose state is due, in order of due time.
    var states = RingQueue()
    /// Rows whose switch is due.
    var switches = RingQueue()
    /// Polls whose next try may go.
    var retries = RingQueue()
    /// Numbers of discovery requests that wait.
    var permits: [Int] = []

    var waiting: Int { states.count + switches.count + retries.count + permits.count }
}

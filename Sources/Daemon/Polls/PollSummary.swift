/// The numbers that `systemctl status` and the page begin with.
struct PollSummary: Sendable, Equatable {
    /// Functions polled.
    var watched = 0
    /// Functions in an expected state.
    var asExpected = 0
    /// Functions in a state that is not expected.
    var unexpected = 0
    /// Functions whose last poll failed, or which are kept back.
    var failing = 0
    /// Functions without any good answer yet.
    var neverPolled = 0
    /// End of the last poll of any function, Unix time in seconds.
    var lastPollUnixSeconds: Double?

    init() {}

    init(_ functions: some Sequence<FunctionRecord>) {
        for function in functions {
            watched += 1
            switch function.isAsExpected {
            case true?: asExpected += 1
            case false?: unexpected += 1
            case nil: break
            }
            if function.failure != nil { failing += 1 }
            if function.lastSuccessUnixSeconds == nil { neverPolled += 1 }
            if let last = function.lastPollUnixSeconds { lastPollUnixSeconds = max(lastPollUnixSeconds ?? 0, last) }
        }
    }
}

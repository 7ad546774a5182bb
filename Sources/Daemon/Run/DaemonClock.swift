import Glibc
import NIOCore
import Polling
// An optimised build finds the members of timespec there.
import SwiftOverlayShims

/// The daemon's two clocks: a monotonic one that everything is scheduled by, and the wall clock that is shown.
struct DaemonClock: Sendable {
    /// Now on the event loop's own clock (`CLOCK_MONOTONIC`), so that its timers and the schedule agree.
    let moment: @Sendable () -> Moment
    /// Now, Unix time in seconds.
    let unixSeconds: @Sendable () -> Double

    /// The machine's clocks.
    static let system = DaemonClock(
        moment: { Moment(nanoseconds: Int64(clamping: NIODeadline.now().uptimeNanoseconds)) },
        unixSeconds: {
            var time = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        })
}

extension NIODeadline {
    /// The same moment on the event loop's clock.
    init(_ moment: Moment) { self = .uptimeNanoseconds(UInt64(max(0, moment.nanoseconds))) }
}

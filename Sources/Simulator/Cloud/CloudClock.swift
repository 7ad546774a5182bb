import FoundationEssentials
import NIOCore

/// Where the cloud takes the time from; tests give it a time of their own.
struct CloudClock: Sendable {
    let read: @Sendable () -> CloudTime

    /// The machine's clocks.
    static let system = CloudClock {
        CloudTime(
            monotonicNanoseconds: Int64(NIODeadline.now().uptimeNanoseconds),
            unixSeconds: Date().timeIntervalSince1970)
    }
}

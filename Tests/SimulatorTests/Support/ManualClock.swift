import Synchronization

@testable import Simulator

/// A clock that stands still until it is told otherwise.
final class ManualClock: Sendable {
    /// 2024-03-21 08:15:30 UTC, the date of the signing vectors.
    static let startUnixSeconds = 1_711_008_930.0

    private let time = Mutex(CloudTime(monotonicNanoseconds: 0, unixSeconds: startUnixSeconds))

    var unixSeconds: Double { time.withLock { $0.unixSeconds } }

    func advance(_ duration: Duration) {
        time.withLock { time in
            time.monotonicNanoseconds += duration.wholeNanoseconds
            time.unixSeconds += duration.inSeconds
        }
    }

    var cloudClock: CloudClock {
        CloudClock { self.time.withLock { $0 } }
    }
}

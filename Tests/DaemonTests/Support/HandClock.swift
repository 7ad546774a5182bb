import Polling
import Synchronization

@testable import Daemon

/// A clock that stands still until it is told otherwise.
final class HandClock: Sendable {
    /// The wall clock's time at its start.
    static let startUnixSeconds = 1_700_000_000.0

    private let nanoseconds = Mutex<Int64>(0)
    private let wallStep = Mutex<Double>(0)

    /// Seconds since its start.
    var seconds: Double { Double(nanoseconds.withLock(\.self)) / 1e9 }

    var moment: Moment { Moment(nanoseconds: nanoseconds.withLock(\.self)) }

    func set(_ moment: Moment) { nanoseconds.withLock { $0 = moment.nanoseconds } }

    /// Somebody sets the wall clock, by so many seconds.
    func step(_ seconds: Double) { wallStep.withLock { $0 += seconds } }

    var daemonClock: DaemonClock {
        DaemonClock(
            moment: { self.moment },
            unixSeconds: { Self.startUnixSeconds + self.seconds + self.wallStep.withLock(\.self) })
    }
}

import CSystemd
import Glibc

/// The whole interval that the service manager waits for `WATCHDOG=1` (`WATCHDOG_USEC`), or nil where no watchdog
/// watches this process; `sd_watchdog_enabled(3)` checks `WATCHDOG_PID` as well. Send at half of it.
public func watchdogInterval() -> Duration? {
    var microseconds: UInt64 = 0
    guard unsafe sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
}

/// CLOCK_MONOTONIC in microseconds, as `MONOTONIC_USEC` wants it. `ContinuousClock` is CLOCK_BOOTTIME on Linux, which
/// differs after a suspend.
public func monotonicMicroseconds() -> UInt64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(clamping: now.tv_sec) * 1_000_000 + UInt64(clamping: now.tv_nsec / 1_000)
}

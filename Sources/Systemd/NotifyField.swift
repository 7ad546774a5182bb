/// One assignment of systemd's notification protocol, as `sd_notify(3)` names it.
public enum NotifyField: Sendable, Equatable {
    /// Start-up, or a reload, is finished (`READY=1`); a reload that was refused ends with it too.
    case ready

    /// A reload begins (`RELOADING=1` with `MONOTONIC_USEC=`): the moment on CLOCK_MONOTONIC in microseconds, as
    /// `monotonicMicroseconds()` gives it.
    case reloading(monotonicMicroseconds: UInt64)

    /// The service is stopping (`STOPPING=1`).
    case stopping

    /// The keep-alive (`WATCHDOG=1`).
    case watchdog

    /// One line for `systemctl status` (`STATUS=`). Control characters become spaces.
    case status(String)

    /// The `errno` of a failure (`ERRNO=`).
    case errno(Int32)

    /// Asks for that much more time for the start or stop under way (`EXTEND_TIMEOUT_USEC=`).
    case extendTimeout(Duration)

    /// The assignments as they stand in the datagram, without a newline at the end.
    var assignments: String {
        switch self {
        case .ready: "READY=1"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
        case .stopping: "STOPPING=1"
        case .watchdog: "WATCHDOG=1"
        case .status(let text): "STATUS=\(oneLine(text))"
        case .errno(let number): "ERRNO=\(number)"
        case .extendTimeout(let length): "EXTEND_TIMEOUT_USEC=\(max(0, length.wholeMicroseconds))"
        }
    }
}

/// The text with every control character, line and paragraph separators included, made a space: a newline in a value
/// would begin a new assignment, and a NUL would end the message.
func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isLineBreaking) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        result.append(isLineBreaking(scalar) ? " " : scalar)
    }
    return String(result)
}

/// Whether a scalar is a C0 or C1 control, or one of Unicode's two separators that end a line.
private func isLineBreaking(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
    default: false
    }
}

extension Duration {
    /// Whole microseconds, rounded towards zero; clamped to what fits.
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, overflowed) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return overflowed ? (seconds < 0 ? .min : .max) : sum
    }
}

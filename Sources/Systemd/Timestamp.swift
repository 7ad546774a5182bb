import Glibc

/// CLOCK_REALTIME in milliseconds since 1970.
func unixMillisecondsNow() -> Int64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec / 1_000_000)
}

/// RFC 3339 in UTC with milliseconds: `2026-07-04T12:00:00.250Z`.
public func timestampText(unixMilliseconds: Int64) -> String {
    var bytes: [UInt8] = []
    appendTimestamp(unixMilliseconds: unixMilliseconds, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// RFC 3339 in UTC with milliseconds: `2026-07-04T12:00:00.250Z`.
///
/// The day is counted in eras of 400 years that begin on the first of March, so that the leap day is the last day of a
/// year ("chrono-Compatible Low-Level Date Algorithms", Howard Hinnant).
func appendTimestamp(unixMilliseconds: Int64, to bytes: inout [UInt8]) {
    let (days, ofDay) = floorDivided(unixMilliseconds, by: 86_400_000)
    let (era, dayOfEra) = floorDivided(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)

    appendDigits(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(day, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    appendDigits(ofDay / 3_600_000, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendDigits(ofDay / 60_000 % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendDigits(ofDay / 1_000 % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    appendDigits(ofDay % 1_000, width: 3, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
}

private func floorDivided(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

private func appendDigits(_ value: Int64, width: Int, to bytes: inout [UInt8]) {
    var rest = value
    let start = bytes.count
    for _ in 0..<width {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
    }
    bytes[start...].reverse()
}

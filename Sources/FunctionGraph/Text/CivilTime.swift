/// UTC calendar arithmetic and the few forms of time the cloud speaks. The algorithms are Howard Hinnant's
/// `days_from_civil` and `civil_from_days` (proleptic Gregorian).
enum CivilTime {
    /// Days since 1970-01-01.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date of a day since 1970-01-01.
    static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Seconds since 1970 of a UTC date and time, or nil where a part is out of range. A leap second counts as the
    /// second after it.
    static func unixSeconds(_ date: (year: Int, month: Int, day: Int), _ time: (hour: Int, minute: Int, second: Int))
        -> Double?
    {
        guard (1970...9999).contains(date.year), (1...12).contains(date.month), (1...31).contains(date.day),
            (0...23).contains(time.hour), (0...59).contains(time.minute), (0...60).contains(time.second)
        else { return nil }
        let days = days(year: date.year, month: date.month, day: date.day)
        guard Self.date(days: days) == date else { return nil }
        return Double(days * 86_400 + time.hour * 3600 + time.minute * 60 + time.second)
    }

    /// `YYYYMMDDTHHMMSSZ`, the form of `X-Sdk-Date`. Moments outside 1970 to 9999 are moved to its ends.
    static func basic(unixSeconds: Double) -> String {
        let last = 253_402_300_799.0
        let seconds = unixSeconds.isFinite ? Int(min(max(unixSeconds, 0), last).rounded(.down)) : 0
        let date = date(days: seconds / 86_400)
        let time = seconds % 86_400
        var text: [UInt8] = []
        text.reserveCapacity(16)
        for value in [date.year / 100, date.year % 100, date.month, date.day] { append(value, to: &text) }
        text.append(UInt8(ascii: "T"))
        for value in [time / 3600, time / 60 % 60, time % 60] { append(value, to: &text) }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Two digits; `value` is 0 to 99.
    private static func append(_ value: Int, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(value / 10))
        text.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}

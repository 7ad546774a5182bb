/// A moment as calendar and clock in UTC, for the four ways in which the cloud writes times.
struct CivilTime: Sendable, Equatable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int

    init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The calendar of a moment; fractions of a second are dropped.
    ///
    /// The day number is turned into a date by the usual era arithmetic of the proleptic Gregorian calendar, in which
    /// a year begins in March so that the leap day is its last.
    init(unixSeconds: Double) {
        let seconds = Int(unixSeconds.rounded(.down))
        let days = seconds.flooredQuotient(by: 86400)
        let secondOfDay = seconds - days * 86400
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * marchMonth + 2) / 5 + 1,
            hour: secondOfDay / 3600,
            minute: secondOfDay % 3600 / 60,
            second: secondOfDay % 60)
    }

    /// Reads `YYYYMMDDTHHMMSSZ`, the form of `X-Sdk-Date`; nil for anything else, an impossible date included.
    init?(sdkDate text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), let hour = number(9..<11),
            let minute = number(11..<13), let second = number(13..<15)
        else { return nil }
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        // The 31st of a shorter month comes back as another day.
        guard CivilTime(unixSeconds: unixSeconds) == self else { return nil }
    }

    var unixSeconds: Double {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredQuotient(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return Double(days * 86400 + hour * 3600 + minute * 60 + second)
    }

    /// `Thu, 21 Mar 2024 08:15:30 GMT`, the form of the `Date` field (RFC 9110, 5.6.7).
    var httpDate: String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let dayNumber = Int(unixSeconds).flooredQuotient(by: 86400)
        let weekday = weekdays[dayNumber - dayNumber.flooredQuotient(by: 7) * 7]
        return "\(weekday), \(day.digits(2)) \(months[month - 1]) \(year.digits(4)) \(clock) GMT"
    }

    /// `20240321T081530Z`, the form of `X-Sdk-Date`.
    var sdkDate: String {
        "\(year.digits(4))\(month.digits(2))\(day.digits(2))T\(hour.digits(2))\(minute.digits(2))\(second.digits(2))Z"
    }

    /// `2019-10-25 15:37:27`, the form of `last_modified` in listings, which carries no zone.
    var listed: String { "\(date) \(clock)" }

    /// `2019-02-13T06:52:13.855000Z`, the form of IAM and of the metadata service, with six digits of the fraction.
    static func isoText(unixSeconds: Double) -> String {
        let whole = unixSeconds.rounded(.down)
        let microseconds = min(Int((unixSeconds - whole) * 1_000_000), 999_999)
        let time = CivilTime(unixSeconds: whole)
        return "\(time.date)T\(time.clock).\(microseconds.digits(6))Z"
    }

    private var date: String { "\(year.digits(4))-\(month.digits(2))-\(day.digits(2))" }
    private var clock: String { "\(hour.digits(2)):\(minute.digits(2)):\(second.digits(2))" }
}

extension Int {
    /// Division that rounds down, also below zero.
    fileprivate func flooredQuotient(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }

    /// Decimal digits with leading zeros.
    fileprivate func digits(_ count: Int) -> String {
        let text = String(self)
        return text.utf8.count >= count ? text : String(repeating: "0", count: count - text.utf8.count) + text
    }
}

/// Reads the forms of time found in the vendor's answers.
enum TimestampParser {
    /// RFC 3339 with any number of fraction digits, with `T` or a space, with `Z`, `±HH:MM`, `±HHMM` or no zone (then
    /// UTC), and the undelimited `2019-10-29171553` of one of the vendor's samples. Nil for anything else.
    static func parse(_ text: String) -> Double? {
        var reader = DigitReader(Text.trim(text))
        guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2), reader.skip("-"),
            let day = reader.digits(2)
        else { return nil }
        let isDelimited = reader.skip("T") || reader.skip("t") || reader.skip(" ")
        guard let hour = reader.digits(2), reader.skip(":") == isDelimited, let minute = reader.digits(2) else {
            return nil
        }
        guard reader.skip(":") == isDelimited, let second = reader.digits(2) else { return nil }
        let fraction = reader.skip(".") || reader.skip(",") ? reader.fraction() : 0
        guard let fraction, let offset = zoneSeconds(&reader), reader.isAtEnd,
            let moment = CivilTime.unixSeconds((year, month, day), (hour, minute, second))
        else { return nil }
        return moment + fraction - Double(offset)
    }

    /// An HTTP date: the fixed form of RFC 9110 (`Tue, 24 Nov 2026 07:44:35 GMT`) and its two obsolete ones.
    static func parseHTTPDate(_ text: String) -> Double? {
        fixedHTTPDate(text) ?? obsoleteHTTPDate(text)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Character by character, because every answer carries one.
    private static func fixedHTTPDate(_ text: String) -> Double? {
        guard text.utf8.count == 29 else { return nil }
        var reader = DigitReader(text)
        guard reader.word(3) != nil, reader.skip(","), reader.skip(" "), let day = reader.digits(2), reader.skip(" "),
            let name = reader.word(3), let month = months.firstIndex(of: name), reader.skip(" "),
            let year = reader.digits(4), reader.skip(" "), let hour = reader.digits(2), reader.skip(":"),
            let minute = reader.digits(2), reader.skip(":"), let second = reader.digits(2), reader.skip(" "),
            reader.word(3) == "GMT"
        else { return nil }
        return CivilTime.unixSeconds((year, month + 1, day), (hour, minute, second))
    }

    private static func obsoleteHTTPDate(_ text: String) -> Double? {
        let parts = Text.trim(text).split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" }).map(String.init)
        let isAsctime = parts.count == 5
        guard isAsctime || (parts.count == 6 && parts[5] == "GMT") else { return nil }
        let order = isAsctime ? (day: 2, month: 1, year: 4, time: 3) : (day: 1, month: 2, year: 3, time: 4)
        let time = parts[order.time].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard let day = Int(parts[order.day]), var year = Int(parts[order.year]),
            let month = months.firstIndex(of: parts[order.month]), time.count == 3, let hour = time[0],
            let minute = time[1], let second = time[2]
        else { return nil }
        if parts[order.year].utf8.count == 2 { year += year < 70 ? 2000 : 1900 }
        return CivilTime.unixSeconds((year, month + 1, day), (hour, minute, second))
    }

    private static func zoneSeconds(_ reader: inout DigitReader) -> Int? {
        if reader.isAtEnd || reader.skip("Z") || reader.skip("z") { return 0 }
        let sign: Int
        if reader.skip("+") { sign = 1 } else if reader.skip("-") { sign = -1 } else { return nil }
        guard let hours = reader.digits(2) else { return nil }
        _ = reader.skip(":")
        let minutes = reader.isAtEnd ? 0 : reader.digits(2)
        guard let minutes, hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

/// Lengths of time for the status page.
enum StatusText {
    /// Whole seconds and more, in the two largest units: `13 s`, `3 min 20 s`, `2 h 5 min`, `4 d 2 h`.
    static func length(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "–" }
        let total = Int(max(0, seconds.rounded()))
        let (minutes, hours) = (total / 60, total / 3600)
        if minutes == 0 { return "\(total) s" }
        if hours == 0 { return pair(minutes, "min", total % 60, "s") }
        if hours < 48 { return pair(hours, "h", minutes % 60, "min") }
        return pair(hours / 24, "d", hours % 24, "h")
    }

    private static func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
    }

    /// How long something took: `33 ms`, `1.2 s`, then as ``length(_:)``.
    static func took(_ seconds: Double) -> String {
        if seconds < 0.9995 { return "\(Int((max(0, seconds) * 1000).rounded())) ms" }
        if seconds < 10 { return "\((seconds * 10).rounded() / 10) s" }
        return length(seconds)
    }

    /// A moment without what the reader knows: `09:30:00 UTC` on the same day, else `2026-01-31 09:30 UTC`.
    static func moment(_ unixSeconds: Double, nowUnixSeconds: Double) -> String {
        let (moment, now) = (UTCText.people(unixSeconds), UTCText.people(nowUnixSeconds))
        if moment.prefix(10) == now.prefix(10) { return UTCText.clock(unixSeconds) }
        return moment.prefix(16) + " UTC"
    }

    /// A whole number with its thousands apart: `20,000`.
    static func count(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0, digits[index - 1] != "-" { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// One decimal at most.
    static func number(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "–" }
        let rounded = (number * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

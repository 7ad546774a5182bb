/// Durations as Prometheus writes them: `1d`, `90s`, `1m30s`, `0`.
///
/// Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file (`<duration>`)
/// and `ParseDuration` of prometheus/common: units y (365 d), w, d, h, m, s, ms, each at most once and in this order.
public enum PrometheusDuration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000),
        ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// The duration of a text, or nil if it is none or too long to be counted in 64 bits of nanoseconds.
    public static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = Substring(text).utf8
        var next = 0
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            let unit = rest[digits.endIndex...].prefix { !(0x30...0x39).contains($0) }
            guard let count = Int64(Substring(digits)), !digits.isEmpty,
                let place = units.indices.dropFirst(next).first(where: { unit.elementsEqual(units[$0].name.utf8) })
            else { return nil }
            let (part, overflowed) = count.multipliedReportingOverflow(by: units[place].milliseconds)
            let (sum, overflowedSum) = total.addingReportingOverflow(part)
            guard !overflowed, !overflowedSum, sum <= Int64.max / 1_000_000 else { return nil }
            total = sum
            next = place + 1
            rest = rest[unit.endIndex...]
        }
        return .milliseconds(total)
    }

    /// A duration as Prometheus would write it, in whole milliseconds; weeks and years are written in days.
    public static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        var rest = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units.dropFirst(2) where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }
}

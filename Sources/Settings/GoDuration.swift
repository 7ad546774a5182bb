/// Durations as Go writes them: `1.5s`, `1h30m`, `100ms`; a bare number is nanoseconds.
///
/// Source: https://pkg.go.dev/time#ParseDuration, and gopkg.in/yaml.v2 for the bare number.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// The duration of a text, at most a year; nil if it is none or negative.
    static func parse(_ text: String) -> Duration? {
        let nanosecondsMax = 366.0 * 86_400e9
        if let number = Int64(text) {
            return number >= 0 && Double(number) <= nanosecondsMax ? .nanoseconds(number) : nil
        }
        var rest = Substring(text)
        if rest.first == "+" { rest = rest.dropFirst() }
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest[digits.endIndex...].prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
            guard digits != ".", let number = Double(digits), let size = units.first(where: { $0.name == unit }) else {
                return nil
            }
            total += number * size.nanoseconds
            rest = rest[unit.endIndex...]
        }
        return total <= nanosecondsMax ? .nanoseconds(Int64(total)) : nil
    }
}

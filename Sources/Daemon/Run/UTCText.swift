import Systemd

/// Moments as text, in UTC.
enum UTCText {
    /// RFC 3339 with milliseconds: `2026-01-31T09:30:00.250Z`.
    static func rfc3339(_ unixSeconds: Double) -> String {
        timestampText(unixMilliseconds: Int64((unixSeconds * 1000).rounded()))
    }

    /// For people: `2026-01-31 09:30:00 UTC`.
    static func people(_ unixSeconds: Double) -> String {
        rfc3339(unixSeconds.rounded(.down)).prefix(19).replacing("T", with: " ") + " UTC"
    }

    /// The time of day: `09:30:00 UTC`.
    static func clock(_ unixSeconds: Double) -> String {
        rfc3339(unixSeconds.rounded(.down)).dropFirst(11).prefix(8) + " UTC"
    }
}

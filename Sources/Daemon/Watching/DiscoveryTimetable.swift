import Polling
import Settings

/// When each `discover` entry is listed next. Pure: told the time, it says what is due.
struct DiscoveryTimetable: Sendable {
    private struct Entry: Sendable {
        var due: Moment
        var isListing = false
        var failuresInARow = 0
    }

    private var entries: [DiscoverySettings: Entry] = [:]

    /// Takes over a new configuration: an entry that stays keeps its place, a new one is due at once.
    mutating func configure(_ discoveries: [DiscoverySettings], now: Moment) {
        var kept: [DiscoverySettings: Entry] = [:]
        for settings in discoveries { kept[settings] = entries[settings] ?? Entry(due: now) }
        entries = kept
    }

    /// The entries to list now; they count as being listed from here on.
    mutating func start(now: Moment) -> [DiscoverySettings] {
        var due: [DiscoverySettings] = []
        for (settings, entry) in entries where !entry.isListing && entry.due <= now {
            due.append(settings)
            entries[settings]?.isListing = true
        }
        return due
    }

    /// A listing ended. - Returns: How long until the next.
    @discardableResult
    mutating func ended(_ settings: DiscoverySettings, succeeded: Bool, now: Moment) -> Duration? {
        guard var entry = entries[settings] else { return nil }
        entry.isListing = false
        entry.failuresInARow = succeeded ? 0 : entry.failuresInARow + 1
        // A failed listing is tried again sooner than a good one is repeated, but not in a rush.
        let retry = Duration.seconds(30 << max(0, min(entry.failuresInARow - 1, 5)))
        let pause = succeeded ? settings.listInterval : min(settings.listInterval, retry)
        entry.due = now + pause
        entries[settings] = entry
        return pause
    }

    /// Whether a listing is under way.
    func isListing(_ settings: DiscoverySettings) -> Bool { entries[settings]?.isListing ?? false }
}

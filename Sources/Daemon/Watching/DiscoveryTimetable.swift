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
    /// Listings that go on under the settings they began with, though labels or intervals have changed since.
    private var successors: [DiscoverySettings: DiscoverySettings] = [:]

    /// Takes over a new configuration: an entry that stays keeps its place and its listing, also where only labels,
    /// expectation or intervals changed; a new one is due at once.
    mutating func configure(_ discoveries: [DiscoverySettings], now: Moment) {
        var kept: [DiscoverySettings: Entry] = [:]
        var heirs: [DiscoverySettings: DiscoverySettings] = [:]
        for settings in discoveries {
            if let known = entries[settings] {
                kept[settings] = known
            } else if let (old, entry) = entries.first(where: { old, _ in
                old.selects(sameAs: settings) && !discoveries.contains(old) && heirs[old] == nil
            }) {
                kept[settings] = entry
                kept[settings]?.due = min(entry.due, now + settings.listInterval)
                heirs[old] = settings
            } else {
                kept[settings] = Entry(due: now)
            }
        }
        for (begun, last) in successors { successors[begun] = kept[last] != nil ? last : heirs[last] }
        for (old, heir) in heirs where kept[heir]?.isListing == true && !successors.values.contains(heir) {
            successors[old] = heir
        }
        entries = kept
    }

    /// The entry that a listing which began with these settings is for now; nil: it is wanted no more.
    func current(_ settings: DiscoverySettings) -> DiscoverySettings? {
        let current = entries[settings] == nil ? successors[settings] : settings
        return current.flatMap { entries[$0]?.isListing == true ? $0 : nil }
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
        successors = successors.filter { $0.value != settings }
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

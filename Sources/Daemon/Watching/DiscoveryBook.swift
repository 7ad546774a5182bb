import FunctionGraph
import Settings

/// What discovery has found so far. Pure: it is handed each listing and says what is watched.
///
/// A function leaves after two complete listings without it, because one page may shift while the next is
/// fetched; a failed listing changes nothing.
struct DiscoveryBook: Sendable {
    /// One `discover` entry.
    struct Entry: Sendable {
        /// Functions watched through this entry, and in how many listings in a row each was missing.
        fileprivate(set) var missing: [FunctionURN: Int] = [:]
        /// Unix time of the last complete listing.
        fileprivate(set) var lastSuccessUnixSeconds: Double?
        /// The last failure, until a listing succeeds.
        fileprivate(set) var failure: CloudFailure?
        /// Listings that failed since the entry was configured.
        fileprivate(set) var failures = 0

        /// The functions in URN order.
        var urns: [FunctionURN] { missing.keys.sorted() }
    }

    private(set) var entries: [DiscoverySettings: Entry] = [:]
    private var order: [DiscoverySettings] = []

    /// Takes over a new configuration: entries that stay keep what they found, also where only labels,
    /// expectation or intervals changed. One that selects otherwise inherits of those that left what its globs let
    /// through, until its first listing says better: a function that stays must not go unwatched in between.
    mutating func configure(_ discoveries: [DiscoverySettings]) {
        var kept: [DiscoverySettings: Entry] = [:]
        let left = entries.filter { old, _ in
            !discoveries.contains { $0 == old || $0.selects(sameAs: old) }
        }
        for settings in discoveries {
            kept[settings] =
                entries[settings] ?? entries.first { $0.key.selects(sameAs: settings) }?.value
                ?? heir(of: left, settings)
        }
        entries = kept
        order = discoveries
    }

    /// A new entry with what it may have of those that left; what its first listing does not have leaves at once.
    private func heir(of left: [DiscoverySettings: Entry], _ settings: DiscoverySettings) -> Entry {
        var entry = Entry()
        let (package, name) = (Glob(settings.package), Glob(settings.name))
        for (old, finds) in left where old.projectID == settings.projectID {
            for urn in finds.missing.keys where package.matches(urn.package) && name.matches(urn.name) {
                entry.missing[urn] = 1
            }
        }
        return entry
    }

    /// A complete listing. - Returns: Whether the watched functions changed.
    mutating func listed(_ settings: DiscoverySettings, _ urns: [FunctionURN], atUnixSeconds: Double) -> Bool {
        guard var entry = entries[settings] else { return false }
        var changed = false
        for urn in urns where entry.missing.updateValue(0, forKey: urn) == nil { changed = true }
        let present = Set(urns)
        for (urn, count) in entry.missing where !present.contains(urn) {
            if count + 1 >= 2 {
                entry.missing[urn] = nil
                changed = true
            } else {
                entry.missing[urn] = count + 1
            }
        }
        entry.lastSuccessUnixSeconds = atUnixSeconds
        entry.failure = nil
        entries[settings] = entry
        return changed
    }

    /// Part of a listing that goes on. - Returns: Whether the watched functions changed.
    mutating func found(_ settings: DiscoverySettings, _ urns: [FunctionURN]) -> Bool {
        guard var entry = entries[settings] else { return false }
        var changed = false
        for urn in urns where entry.missing[urn] == nil {
            entry.missing[urn] = 0
            changed = true
        }
        entries[settings] = entry
        return changed
    }

    /// A listing that failed.
    mutating func failed(_ settings: DiscoverySettings, _ failure: CloudFailure) {
        entries[settings]?.failure = failure
        entries[settings]?.failures += 1
    }

    /// What was found, in the order of the configuration.
    var discovered: [(settings: DiscoverySettings, urns: [FunctionURN])] {
        order.compactMap { settings in entries[settings].map { (settings, $0.urns) } }
    }

    /// Whether an entry of the project has been listed whole.
    func isListed(_ project: ProjectID) -> Bool {
        entries.contains { $0.key.projectID == project && $0.value.lastSuccessUnixSeconds != nil }
    }

    /// Functions found in a project, over all its entries.
    func count(in project: ProjectID) -> Int {
        var urns: Set<FunctionURN> = []
        for (settings, entry) in entries where settings.projectID == project { urns.formUnion(entry.missing.keys) }
        return urns.count
    }
}

extension DiscoverySettings {
    /// Where it looks.
    var projectID: ProjectID { ProjectID(region: region, project: project) }

    /// Whether both find the same functions.
    func selects(sameAs other: Self) -> Bool {
        account == other.account && projectID == other.projectID && package == other.package && name == other.name
            && runtime == other.runtime && versions == other.versions
    }
}

/// Which versions of a discovered function are watched.
public enum DiscoveredVersions: String, Sendable, CaseIterable {
    /// The version published last.
    case latestPublished = "latest-published"
    /// All published versions.
    case published
    /// The published versions that an alias sends traffic to.
    case aliases
}

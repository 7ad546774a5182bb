/// Which functions and versions of a project a discovery brings.
public struct DiscoverySelection: Sendable, Hashable {
    /// Which versions of a function. `latest` never is one: it has no snapshot.
    public enum Versions: Sendable, Hashable {
        /// The one published last.
        case latestPublished
        /// All that are published.
        case published
        /// The published ones that an alias sends traffic to.
        case aliases
    }

    /// Of the package's name.
    public var package: Glob
    /// Of the function's name.
    public var name: Glob
    /// Of the runtime; only Java has snapshots.
    public var runtime: Glob
    /// Which versions.
    public var versions: Versions

    /// The defaults are the contract's.
    public init(
        package: Glob = Glob("*"), name: Glob = Glob("*"), runtime: Glob = Glob("Java*"),
        versions: Versions = .latestPublished
    ) {
        self.package = package
        self.name = name
        self.runtime = runtime
        self.versions = versions
    }

    /// Whether a listed function is one of those asked for.
    func includes(_ function: ListedFunction) -> Bool {
        package.matches(function.urn.package) && name.matches(function.urn.name) && runtime.matches(function.runtime)
    }
}

public import YAML

/// What came of reading the configuration and its watch files.
public struct LoadedConfiguration: Sendable {
    /// The configuration, nil if it has faults.
    public var configuration: Configuration?
    /// Everything wrong with config.yml and the watch files that it names without a wildcard. A fault without a mark
    /// is about the file, not its text.
    public var faults: [Fault] = []
    /// Those of the faults that are no fault of a text but of a file that is missing or cannot be read: time can mend
    /// them, so a start that fails for nothing else is worth repeating.
    public var fileFaults: Set<Fault> = []
    /// What is probably not meant; it stops nothing.
    public var warnings: [Fault] = []
    /// Watch files found by a wildcard that have faults: what they had in the previous configuration is kept, and
    /// what they never had is left out.
    public var badWatchFiles: [String: [Fault]] = [:]
    /// config.yml first, then the watch files by path: what a watcher looks at.
    public var readFiles: [String] = []
    /// The directories in which wildcards look for watch files.
    public var watchedDirectories: [String] = []
    /// The secrets that the accounts name, in the order of the text.
    public var secrets: [SecretUse] = []
    /// Where `tls.ca_file` stands in config.yml: the file itself is read by whoever makes connections.
    public var authoritiesMark: Mark?
    /// Where each account's `auth` stands.
    public var authMarks: [String: Mark] = [:]
    /// The text of config.yml, so that changed watch files are read against the configuration in force.
    var text: [UInt8] = []
}

import FunctionGraph
import YAML

/// Reads config.yml and its watch files to a checked configuration, or to all their faults. Blocking.
public struct ConfigurationLoader: Sendable {
    /// The largest file that is read, in bytes.
    public static let fileBytesMax = 64 * 1024 * 1024
    private let path: String
    private let environment: [String: String]

    /// A loader for the configuration at this path, in a process with this environment.
    public init(path: String, environment: [String: String]) {
        self.path = path
        self.environment = environment
    }

    /// Reads everything. A watch file found by a wildcard that has faults keeps the functions that `previous` has
    /// from it; without `previous` it is left out.
    public func load(previous: Configuration?) -> LoadedConfiguration {
        switch FileReader.read(path, bytesMax: Self.fileBytesMax) {
        case .success(let text): return load(text: text, previous: previous)
        case .failure(let failure):
            var loaded = LoadedConfiguration()
            loaded.readFiles = [path]
            loaded.faults = [Fault(file: path, mark: nil, message: failure.reason)]
            loaded.fileFaults = Set(loaded.faults)
            return loaded
        }
    }

    /// Reads the watch files anew, against the text of config.yml that is in force, whatever its file says by now.
    public func reloadWatchFiles(_ inForce: LoadedConfiguration) -> LoadedConfiguration {
        load(text: inForce.text, previous: inForce.configuration)
    }

    /// The watch files that a configuration names at this moment, by path.
    public func watchFiles(_ configuration: Configuration) -> [String] {
        let finder = WatchFileFinder(directory: FilePath.directory(of: path))
        let paths = configuration.watch.files.flatMap { pattern in
            WatchFileFinder.hasWildcard(pattern) ? finder.files(pattern) : [finder.path(pattern)]
        }
        return WatchFileFinder.sorted(Array(Set(paths)))
    }

    /// Reads a text as if it stood in config.yml, with its watch files.
    public func load(text: [UInt8], previous: Configuration?) -> LoadedConfiguration {
        let reading = Reading(file: path)
        let node = YAMLParser.parse(text, reading.faults)
        var loaded = LoadedConfiguration()
        loaded.text = text
        loaded.readFiles = [path]
        guard node != nil || reading.faults.faults.isEmpty else {
            loaded.faults = reading.sortedFaults
            return loaded
        }
        let root = RootReader.read(node, reading)
        warnOfProxyVariables(root, reading)
        var assembler = WatchAssembler(root)
        for entry in root.listed { assembler.add(entry.function, file: path, mark: entry.mark) }
        var files = WatchFileReader(root: root, previous: previous)
        files.read(find(root, reading, &loaded), &assembler)
        if reading.faults.faults.isEmpty, assembler.functions.isEmpty, root.configuration.watch.discoveries.isEmpty {
            reading.warn("no function is watched: the list is empty", at: root.watchMark)
        }
        loaded.readFiles += files.read
        loaded.badWatchFiles = files.bad
        loaded.secrets = reading.secrets
        loaded.authoritiesMark = reading.authoritiesMark
        loaded.authMarks = reading.authMarks
        loaded.faults = reading.sortedFaults + files.faults
        loaded.warnings = reading.warnings + files.warnings + assembler.warnings
        if loaded.faults.isEmpty {
            var configuration = root.configuration
            configuration.watch.functions = assembler.functions
            configuration.watch.labelNames = assembler.sortedLabelNames
            loaded.configuration = configuration
        }
        return loaded
    }

    /// The watch files to read, by path, each with whether a wildcard found it; a file that is also named without one
    /// must be right.
    private func find(
        _ root: RootReader.Root, _ reading: Reading, _ loaded: inout LoadedConfiguration
    ) -> [WatchFileReader.File] {
        let finder = WatchFileFinder(directory: reading.directory)
        var marks: [String: Mark?] = [:]
        for pattern in root.patterns {
            guard WatchFileFinder.hasWildcard(pattern.text) else {
                marks[finder.path(pattern.text)] = pattern.mark
                continue
            }
            let directory = finder.watchedDirectory(pattern.text)
            if !loaded.watchedDirectories.contains(directory) { loaded.watchedDirectories.append(directory) }
            if let fault = WatchFileFinder.listingFault(directory) { reading.faults.report(fault, at: pattern.mark) }
            for file in finder.files(pattern.text) where marks[file] == nil { marks[file] = .some(nil) }
        }
        return WatchFileFinder.sorted(Array(marks.keys)).compactMap { file in
            guard let mark = marks[file] else { return nil }
            switch FileReader.read(file, bytesMax: Self.fileBytesMax) {
            case .success(let text): return WatchFileReader.File(path: file, isNamed: mark != nil, text: text)
            case .failure(let failure):
                guard let mark else {
                    return WatchFileReader.File(path: file, isNamed: false, unreadable: failure.reason)
                }
                let message = "the watch file \(file) \(failure.reason)"
                reading.faults.report(message, at: mark)
                loaded.fileFaults.insert(Fault(file: path, mark: mark, message: message))
                return nil
            }
        }
    }

    private func warnOfProxyVariables(_ root: RootReader.Root, _ reading: Reading) {
        guard root.configuration.proxy == nil else { return }
        for name in ProxySettings.unusableVariables(environment) {
            reading.warn("the variable \(name) of the environment is not used: expected http://HOST:PORT", at: nil)
        }
    }
}

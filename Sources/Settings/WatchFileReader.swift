import FunctionGraph
import YAML

/// Reads watch files, one after the other, and keeps the last good entries of bad ones that a wildcard found.
struct WatchFileReader {
    /// A watch file and its text.
    struct File {
        let path: String
        /// Named without a wildcard: then its faults are the configuration's.
        let isNamed: Bool
        var text: [UInt8] = []
        /// Why it could not be read.
        var unreadable: String?
    }

    let root: RootReader.Root
    let previous: Configuration?
    private(set) var faults: [Fault] = []
    private(set) var warnings: [Fault] = []
    private(set) var bad: [String: [Fault]] = [:]
    private(set) var read: [String] = []

    init(root: RootReader.Root, previous: Configuration?) {
        self.root = root
        self.previous = previous
    }

    mutating func read(_ files: [File], _ assembler: inout WatchAssembler) {
        for file in files {
            read.append(file.path)
            let reading = Reading(file: file.path)
            let listed = listed(file, reading)
            guard reading.faults.faults.isEmpty else {
                if file.isNamed {
                    faults += reading.sortedFaults
                } else {
                    bad[file.path] = reading.sortedFaults
                    keepLastGood(of: file.path, &assembler)
                }
                continue
            }
            warnings += reading.warnings
            for entry in listed { assembler.add(entry.function, file: file.path, mark: entry.mark) }
        }
    }

    private func listed(_ file: File, _ reading: Reading) -> [EntryReader.Listed] {
        if let unreadable = file.unreadable {
            reading.faults.report(unreadable, at: nil)
            return []
        }
        guard let node = YAMLParser.parse(file.text, reading.faults) else { return [] }
        let entries = EntryReader(
            reading: reading, defaults: root.defaults, accounts: root.accounts, source: .file(file.path))
        return entries.read(node, "watch file")
    }

    /// The functions that the configuration before had from this file, where an account still answers for them.
    private func keepLastGood(of path: String, _ assembler: inout WatchAssembler) {
        for var function in previous?.watch.functions ?? [] where function.source == .file(path) {
            guard let account = root.accounts?.account(function.urn.project) else { continue }
            function.account = account
            assembler.add(function, file: path, mark: nil)
        }
    }
}

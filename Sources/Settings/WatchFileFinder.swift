import Glibc

/// Finds the watch files that a pattern of `watch.files` names, with glob(3) of the C library. Blocking.
struct WatchFileFinder {
    /// The directory that patterns are relative to, "" for the process' own.
    let directory: String

    /// Whether a pattern has wildcards; without, it is the path of a file that must be there.
    static func hasWildcard(_ pattern: String) -> Bool {
        pattern.utf8.contains { "*?[".utf8.contains($0) }
    }

    /// The path of a pattern without wildcards.
    func path(_ pattern: String) -> String {
        FilePath.join(directory, pattern)
    }

    /// The files that match a pattern with wildcards, by path; directories are no files.
    func files(_ pattern: String) -> [String] {
        let pattern = pattern.hasPrefix("/") ? pattern : FilePath.join(Self.escaped(directory), pattern)
        var found = unsafe glob_t()
        // GLOB_MARK appends a slash to directories, so that they can be told apart.
        guard unsafe glob(pattern, GLOB_MARK | GLOB_NOSORT, nil, &found) == 0 else { return [] }
        defer { unsafe globfree(&found) }
        var paths: [String] = []
        for index in 0..<Int(unsafe found.gl_pathc) {
            guard let path = unsafe found.gl_pathv[index] else { continue }
            paths.append(unsafe String(cString: path))
        }
        return Self.sorted(paths.filter { !$0.hasSuffix("/") })
    }

    /// The directory in which the wildcards of a pattern begin to look.
    func watchedDirectory(_ pattern: String) -> String {
        let wildcard = pattern.firstIndex { "*?[".contains($0) } ?? pattern.endIndex
        let fixed = FilePath.directory(of: String(pattern[..<wildcard]))
        let path = fixed.isEmpty && !pattern.hasPrefix("/") ? directory : FilePath.join(directory, fixed)
        return path.isEmpty ? "." : path
    }

    /// Why the files of a directory cannot be listed, nil if they can or the directory is not there.
    static func listingFault(_ directory: String) -> String? {
        guard unsafe access(directory, R_OK | X_OK) != 0, errno == EACCES else { return nil }
        return "the directory \(directory) cannot be listed: permission denied"
    }

    /// By the bytes of the path, whatever the locale.
    static func sorted(_ paths: [String]) -> [String] {
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func escaped(_ path: String) -> String {
        var escaped = ""
        for character in path {
            if "*?[]\\".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }
}

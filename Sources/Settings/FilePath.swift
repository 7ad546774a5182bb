/// Paths as text. Nothing here asks the file system.
enum FilePath {
    /// The directory part of a path, "" for a bare name, "/" for the root.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// All directories above an absolute path, the root first.
    static func directories(above path: String) -> [String] {
        var directories: [String] = []
        var path = path
        while path != "/", !path.isEmpty {
            path = directory(of: path)
            directories.append(path)
        }
        return directories.reversed()
    }

    /// A path, relative to a directory unless it is absolute.
    static func join(_ directory: String, _ path: String) -> String {
        if path.hasPrefix("/") || directory.isEmpty { return path }
        return directory.hasSuffix("/") ? directory + path : directory + "/" + path
    }
}

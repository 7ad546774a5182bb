import Glibc
// An optimised build finds the members of timespec there.
import SwiftOverlayShims

/// Notices files whose content changed, through symbolic links, once they have been quiet for a second.
///
/// Blocking, so it is used from the thread pool only. The time of change decides whether a file is read at all; the
/// content decides whether it changed.
struct FileWatch: Sendable {
    private struct Signature: Sendable, Equatable {
        var device: UInt64 = 0
        var inode: UInt64 = 0
        var size: Int64 = -1
        var changedSeconds: Int = 0
        var changedNanoseconds: Int = 0
        /// When anything of the file changed, its name included, in nanoseconds of Unix time.
        var touched: Int64 = 0
        /// For a directory: a hash of the names in it.
        var names: Int = 0
    }

    private struct Entry: Sendable {
        var signature: Signature
        /// Nil where it is not known what was read.
        var content: Int?
        /// A content seen at the last look that differs from `content`.
        var pending: Int?
    }

    private var entries: [String: Entry] = [:]

    init() {}

    /// Starts from what is there now: later looks tell of changes from here, and of the files that changed since
    /// `readSince`, when they may have been read as they were before.
    init(paths: some Sequence<String>, readSince: Int64 = .max) {
        for path in paths { entries[path] = Self.entry(path, readSince) }
    }

    /// Watches `paths` from now on and nothing else. What was watched before keeps what is known of it, so that a change
    /// between a look and the reading that follows it is told of at the next look; so is one of a new path since
    /// `readSince`.
    mutating func follow(_ paths: Set<String>, readSince: Int64 = .max) {
        entries = entries.filter { paths.contains($0.key) }
        for path in paths where entries[path] == nil { entries[path] = Self.entry(path, readSince) }
    }

    /// The moment as a file system stamps it, for `readSince`: in nanoseconds of Unix time, of the coarse clock that the
    /// kernel takes for its stamps. It may lag behind the fine one by some milliseconds.
    static func moment() -> Int64 {
        var now = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0 else { return .max }
        return nanoseconds(now)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private static func entry(_ path: String, _ readSince: Int64) -> Entry {
        let signature = Self.signature(path)
        let isKnown = signature.touched < readSince
        return Entry(
            signature: signature, content: isKnown ? content(path, signature) : nil,
            pending: isKnown ? nil : content(path, signature))
    }

    /// The paths that are watched.
    var paths: Set<String> { Set(entries.keys) }

    /// One look at all paths, at least a second after the last.
    ///
    /// - Returns: The paths whose content changed since it was last told of, and was the same at two looks.
    mutating func look() -> Set<String> {
        var changed: Set<String> = []
        for (path, entry) in entries {
            var entry = entry
            let signature = Self.signature(path)
            if signature != entry.signature || entry.pending != nil {
                let content = Self.content(path, signature)
                if content == entry.content {
                    entry.pending = nil
                } else if entry.pending == content {
                    entry.content = content
                    entry.pending = nil
                    changed.insert(path)
                } else {
                    entry.pending = content
                }
                entry.signature = signature
                entries[path] = entry
            }
        }
        if !changed.isEmpty {
            // Whoever reads now reads the files that are not quiet yet too, as they are: nobody knows with what content, so
            // what they settle to is told of, even if it is what they had before.
            for (path, entry) in entries where entry.pending != nil { entries[path]?.content = nil }
        }
        return changed
    }

    private static func signature(_ path: String) -> Signature {
        var info = stat()
        guard unsafe stat(path, &info) == 0 else { return Signature() }
        var signature = Signature(
            device: UInt64(info.st_dev), inode: UInt64(info.st_ino), size: Int64(info.st_size),
            changedSeconds: info.st_mtim.tv_sec, changedNanoseconds: info.st_mtim.tv_nsec,
            touched: nanoseconds(info.st_ctim))
        if info.st_mode & S_IFMT == S_IFDIR { signature.names = names(path) }
        return signature
    }

    private static func names(_ path: String) -> Int {
        guard let directory = unsafe opendir(path) else { return 0 }
        defer { unsafe closedir(directory) }
        var sum = 0
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            // The order in which a directory is read means nothing.
            sum &+= hash(Array(name.utf8))
        }
        return sum
    }

    private static func content(_ path: String, _ signature: Signature) -> Int {
        if signature.size < 0 { return 0 }
        if signature.names != 0 { return signature.names }
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < 64 << 20 {
            let count = unsafe read(file, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        return hash(bytes)
    }

    private static func hash(_ bytes: [UInt8]) -> Int {
        var hasher = Hasher()
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}

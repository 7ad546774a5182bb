import Glibc

/// Takes the program's own code out of the resident set; what is still needed comes back from the page cache, a few
/// pages at a fault.
///
/// Starting touches nearly all of a 20 MB program once, in pieces of 64 KB around each page, and never again. The kernel
/// would take these pages back under pressure only, so without this a daemon that works with a third of them is shown,
/// and counted by a memory limit, with all. Some hundred minor faults are the price. Blocking for less than a
/// millisecond.
///
/// - Returns: Bytes of code that the mapping has; 0 where `/proc/self/maps` cannot be read.
@discardableResult
public func releaseResidentCode() -> Int {
    guard let maps = ProcessStatistics.fileText("/proc/self/maps"),
        let program = programPath()
    else { return 0 }
    var bytes = 0
    for line in maps.split(separator: "\n") {
        let fields = line.split(separator: " ", omittingEmptySubsequences: true)
        // Code only: what is writable or relocated holds pages of the process's own, which would be lost.
        guard fields.count >= 6, fields[1] == "r-xp", line.hasSuffix(program) else { continue }
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2, ends[0] < ends[1] else { continue }
        let length = Int(ends[1] - ends[0])
        if unsafe madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), length, MADV_DONTNEED) == 0 { bytes += length }
    }
    return bytes
}

private func programPath() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    guard length > 0 else { return nil }
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

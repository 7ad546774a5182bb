import Glibc

/// What Prometheus' client libraries tell about a process (`process_*`), read from the kernel at the moment of asking.
public struct ProcessStatistics: Sendable, Equatable {
    /// User and system CPU time that the process has used, in seconds.
    public var cpuSeconds: Double

    /// Resident memory in bytes; nil where `/proc/self/statm` cannot be read.
    public var residentBytes: Double?

    /// Virtual memory in bytes; nil where `/proc/self/statm` cannot be read.
    public var virtualBytes: Double?

    /// Open file descriptors; nil where `/proc/self/fd` cannot be listed.
    public var openFDs: Double?

    /// The soft limit of open file descriptors, infinity where there is none; nil where it cannot be told.
    public var maxFDs: Double?

    /// When the process started, to within the time until the first `read()`; seconds since 1970.
    public var startTimeUnixSeconds: Double

    /// Reads everything; a few system calls, none of which waits.
    public static func read() -> ProcessStatistics {
        let memory = fileText("/proc/self/statm").flatMap(pages(ofStatm:))
        let pageBytes = Double(sysconf(Int32(_SC_PAGESIZE)))
        return ProcessStatistics(
            cpuSeconds: cpuSeconds(),
            residentBytes: memory.map { Double($0.resident) * pageBytes },
            virtualBytes: memory.map { Double($0.total) * pageBytes },
            openFDs: openDescriptors().map(Double.init),
            maxFDs: fileText("/proc/self/limits").flatMap(softDescriptorLimit(ofLimits:)),
            startTimeUnixSeconds: startTime)
    }

    /// Taken once. The kernel tells a process' start in ticks since boot, and the time of boot stands in `/proc/stat`,
    /// which `ProcSubset=pid` hides.
    private static let startTime = realTimeUnixSeconds()

    /// The first two fields of `/proc/self/statm`, in pages.
    static func pages(ofStatm text: String) -> (total: UInt64, resident: UInt64)? {
        let fields = text.split(separator: " ")
        guard fields.count >= 2, let total = UInt64(fields[0]), let resident = UInt64(fields[1]) else { return nil }
        return (total, resident)
    }

    /// The soft limit in the line `Max open files` of `/proc/self/limits`.
    static func softDescriptorLimit(ofLimits text: String) -> Double? {
        let title = "Max open files"
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(title) }),
            let soft = line.dropFirst(title.count).split(separator: " ").first
        else { return nil }
        return soft == "unlimited" ? .infinity : Double(soft)
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    private static func openDescriptors() -> Int? {
        guard let directory = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe _ = closedir(directory) }
        var entries = 0
        while unsafe readdir(directory) != nil { entries += 1 }
        // Less `.`, `..` and the descriptor of the listing itself.
        return max(0, entries - 3)
    }

    /// A small file of /proc as text.
    static func fileText(_ path: String) -> String? {
        let fd = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else { return nil }
        defer { close(fd) }
        let text = unsafe String(unsafeUninitializedCapacity: 8_192) { buffer in
            unsafe max(0, Glibc.read(fd, buffer.baseAddress, buffer.count))
        }
        return text.isEmpty ? nil : text
    }
}

/// CLOCK_REALTIME in seconds since 1970.
func realTimeUnixSeconds() -> Double {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

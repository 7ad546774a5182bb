import Exposition
import Systemd

/// `process_*`, with the names and meanings of the Prometheus client libraries.
struct ProcessMetrics: Sendable {
    let table = MetricTable([
        Family(
            "process_cpu_seconds_total", help: "Total user and system CPU time spent in seconds.", kind: .counter,
            unit: .seconds),
        Family("process_resident_memory_bytes", help: "Resident memory size in bytes.", kind: .gauge, unit: .bytes),
        Family("process_virtual_memory_bytes", help: "Virtual memory size in bytes.", kind: .gauge, unit: .bytes),
        Family("process_open_fds", help: "Number of open file descriptors.", kind: .gauge),
        Family("process_max_fds", help: "Maximum number of open file descriptors.", kind: .gauge),
        Family(
            "process_start_time_seconds", help: "Start time of the process since unix epoch in seconds.",
            kind: .gauge, unit: .seconds),
    ])
    private let row: RowID

    init() {
        row = table.insert([])
    }

    /// Reads `/proc/self` and puts what it says on the page.
    func refresh() {
        let now = ProcessStatistics.read()
        let row = row
        let values = [
            now.cpuSeconds, now.residentBytes, now.virtualBytes, now.openFDs, now.maxFDs, now.startTimeUnixSeconds,
        ]
        table.update { update in
            for (family, value) in values.enumerated() {
                // What `/proc` does not tell is left out.
                if let value { update.set(row, family, value) } else { update.clear(row, family) }
            }
        }
    }
}

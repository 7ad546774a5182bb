import Exposition

/// Every family the exporter serves, and their order on the page.
struct Metrics: Sendable {
    let functions = FunctionMetrics()
    let pollDurations = HistogramTable(
        "functiongraph_poll_duration_seconds", help: "Time a poll took, its retries included.",
        boundsSeconds: APIMetrics.boundsSeconds, series: [[]])
    let api = APIMetrics()
    let projects = ProjectMetrics()
    let accounts = AccountMetrics()
    let exporter = ExporterMetrics()
    let web = WebMetrics()
    let process = ProcessMetrics()
    private let build: MetricTable
    /// What `/metrics` renders.
    let registry: Registry

    init(version: BuildVersion) {
        build = MetricTable([
            Family("functiongraph_exporter_build_info", help: "What this exporter was built from.", kind: .info)
        ])
        let row = build.insert([
            Label(name: "version", value: version.version), Label(name: "revision", value: version.revision),
            Label(name: "swift_version", value: version.swiftVersion),
        ])
        build.update { $0.set(row, 0, 1) }
        registry = Registry([
            functions.table, pollDurations, api.totals, api.failures, api.durations, projects.limits.table,
            accounts.table, projects.discovery.table, exporter.table, web.table, build, process.table,
        ])
    }
}

import Exposition

/// What the exporter tells of itself: one row without labels.
struct ExporterMetrics: Sendable {
    private enum Column: Int {
        case inFlight, clockSkew, watched, ignored, lag, unknownStates, reloadSuccessful, reloadSuccessTime
    }

    let table = MetricTable([
        Family("functiongraph_api_requests_in_flight", help: "Requests to the cloud under way.", kind: .gauge),
        Family(
            "functiongraph_api_clock_skew_seconds",
            help: "Local clock minus the cloud's, from the Date of its answers.", kind: .gauge, unit: .seconds),
        Family("functiongraph_exporter_watched_functions", help: "Functions this exporter polls.", kind: .gauge),
        Family(
            "functiongraph_exporter_ignored_functions",
            help: "Functions left out because limits.functions was reached.", kind: .gauge),
        Family(
            "functiongraph_exporter_poll_lag_seconds",
            help: "How long the most overdue poll is behind its configured interval.", kind: .gauge, unit: .seconds),
        Family(
            "functiongraph_exporter_unknown_states_total",
            help: "Answers whose state is none of those the vendor documents.", kind: .counter),
        Family(
            "functiongraph_exporter_config_last_reload_successful",
            help: "Whether the last reading of the configuration was accepted.", kind: .gauge),
        Family(
            "functiongraph_exporter_config_last_reload_success_timestamp_seconds",
            help: "When a configuration was last accepted, Unix time.", kind: .gauge, unit: .seconds),
    ])
    private let row: RowID

    init() {
        row = table.insert([])
        let row = row
        table.update {
            $0.set(row, Column.inFlight.rawValue, 0)
            $0.set(row, Column.watched.rawValue, 0)
            $0.set(row, Column.ignored.rawValue, 0)
            $0.set(row, Column.lag.rawValue, 0)
            $0.set(row, Column.unknownStates.rawValue, 0)
        }
    }

    private func set(_ column: Column, _ value: Double) {
        let row = row
        table.update { $0.set(row, column.rawValue, value) }
    }

    /// Requests under way.
    func set(inFlight: Int) { set(.inFlight, Double(inFlight)) }
    /// Local clock minus cloud's, in seconds.
    func set(clockSkewSeconds: Double) { set(.clockSkew, clockSkewSeconds) }
    /// Functions polled and left out.
    func set(watched: Int, ignored: Int) {
        set(.watched, Double(watched))
        set(.ignored, Double(ignored))
    }
    /// The most overdue poll.
    func set(lag: Duration) { set(.lag, lag.seconds) }
    /// One more answer with a state nobody documents.
    func countUnknownState() {
        let row = row
        table.update { $0.add(row, Column.unknownStates.rawValue, 1) }
    }
    /// The outcome of reading the configuration.
    /// - Parameter isAccepted: Whether it is in force now.
    func setReload(successful: Bool, isAccepted: Bool, atUnixSeconds: Double) {
        set(.reloadSuccessful, successful ? 1 : 0)
        if isAccepted { set(.reloadSuccessTime, atUnixSeconds) }
    }
}

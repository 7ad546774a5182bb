import Exposition
import FunctionGraph
import Settings

/// The families with one row per watched function; `contract` of their names is the README's metric table.
///
/// The order of ``Column`` is the order on the page.
struct FunctionMetrics: Sendable {
    /// A family's place in the table.
    enum Column: Int, CaseIterable {
        case state, asExpected, switchEnabled, stateChangeTimestamp, stateChanges, responseInfo, functionInfo
        case pollSuccess, pollErrorInfo, pollLast, pollLastSuccess, pollInterval, polls, pollFailures
    }

    let table: MetricTable

    init() {
        table = MetricTable(Column.allCases.map(Self.family))
    }

    /// A row for a function that joined the watch list.
    func insert(_ function: WatchedFunction, labelNames: [String]) -> RowID {
        table.insert(
            [Label(name: "function_urn", value: function.urn.canonical)],
            blocks: [Column.functionInfo.rawValue: Self.infoLabels(function, labelNames: labelNames)])
    }

    /// New labels, account or source for a function that stayed.
    func relabel(_ row: RowID, _ function: WatchedFunction, labelNames: [String]) {
        table.relabel(row, blocks: [Column.functionInfo.rawValue: Self.infoLabels(function, labelNames: labelNames)])
    }

    /// Every function carries the same label names; one that the watch list does not give is empty.
    private static func infoLabels(_ function: WatchedFunction, labelNames: [String]) -> [Label] {
        let urn = function.urn
        var labels = [
            Label(name: "function_urn", value: urn.canonical),
            Label(name: "region_id", value: urn.region),
            Label(name: "project_id", value: urn.project),
            Label(name: "package", value: urn.package),
            Label(name: "function_name", value: urn.name),
            Label(name: "version", value: urn.version),
            Label(name: "account", value: function.account),
            Label(name: "source", value: function.source.labelValue),
        ]
        for name in labelNames { labels.append(Label(name: name, value: function.labels[name] ?? "")) }
        return labels
    }

    private static func family(_ column: Column) -> Family {
        switch column {
        case .state:
            Family(
                "functiongraph_snapshot_state",
                help: "State of the function's cold-start snapshot, 1 for the current one. Polled in the background.",
                kind: .stateset(
                    label: "functiongraph_snapshot_state", states: SnapshotState.allCases.map(\.rawValue)))
        case .asExpected:
            Family(
                "functiongraph_snapshot_as_expected",
                help: "Whether the state is one that the watch list expects. Polled in the background.", kind: .gauge)
        case .switchEnabled:
            Family(
                "functiongraph_snapshot_switch_enabled",
                help: "Whether snapshot cold start is switched on for the function. Polled in the background.",
                kind: .gauge)
        case .stateChangeTimestamp:
            Family(
                "functiongraph_snapshot_state_change_timestamp_seconds",
                help: "When this exporter first saw the current state, Unix time. Polled in the background.",
                kind: .gauge, unit: .seconds)
        case .stateChanges:
            Family(
                "functiongraph_snapshot_state_changes_total",
                help: "Changes of the state that polls have seen. Polled in the background.", kind: .counter)
        case .responseInfo:
            Family(
                "functiongraph_snapshot_response_info",
                help: "The code that came with the state. Polled in the background.", kind: .textInfo(label: "code"))
        case .functionInfo:
            Family(
                "functiongraph_function_info",
                help: "What the function's URN is made of, and the labels of its watch list entry.", kind: .info)
        case .pollSuccess:
            Family(
                "functiongraph_poll_success",
                help: "Whether the last poll got a state; 0 also while a hold or a pause keeps polls back.",
                kind: .gauge)
        case .pollErrorInfo:
            Family(
                "functiongraph_poll_error_info", help: "Why the last poll got no state. Polled in the background.",
                kind: .textInfo(label: "reason"))
        case .pollLast:
            Family(
                "functiongraph_poll_last_timestamp_seconds",
                help: "End of the last poll, Unix time. Polled in the background.", kind: .gauge, unit: .seconds)
        case .pollLastSuccess:
            Family(
                "functiongraph_poll_last_success_timestamp_seconds",
                help: "End of the last poll that got a state, Unix time. Polled in the background.",
                kind: .gauge, unit: .seconds)
        case .pollInterval:
            Family(
                "functiongraph_poll_interval_seconds",
                help: "Time between two polls: as configured or, where the rate cannot serve that, one fair turn.",
                kind: .gauge, unit: .seconds)
        case .polls:
            Family("functiongraph_polls_total", help: "Polls that ended, good or not.", kind: .counter)
        case .pollFailures:
            Family("functiongraph_poll_failures_total", help: "Polls that got no state.", kind: .counter)
        }
    }
}

extension WatchSource {
    /// The value of the label `source`.
    var labelValue: String {
        switch self {
        case .list: "list"
        case .file: "file"
        case .discovery: "discovery"
        }
    }
}

extension TableUpdate {
    /// Sets a value of a function's row.
    mutating func set(_ row: RowID, _ column: FunctionMetrics.Column, _ value: Double) {
        set(row, column.rawValue, value)
    }

    /// Adds to a counter of a function's row.
    mutating func add(_ row: RowID, _ column: FunctionMetrics.Column, _ delta: Double) {
        add(row, column.rawValue, delta)
    }

    /// Takes a sample of a function's row off the page.
    mutating func clear(_ row: RowID, _ column: FunctionMetrics.Column) {
        clear(row, column.rawValue)
    }
}

import Exposition
import FunctionGraph
import Synchronization

/// `functiongraph_api_requests_total`, its failures and retries, and the duration of requests: counted once for
/// each HTTP exchange with the cloud.
final class APIMetrics: Sendable {
    private struct Target: Hashable {
        let operation: Operation
        let region: String
        let project: String
    }

    private struct Rows {
        let totals: RowID
        let failures: [FailureReason: RowID]
    }

    /// Bounds of both histograms, in seconds.
    static let boundsSeconds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    let totals = MetricTable([
        Family("functiongraph_api_requests_total", help: "Requests sent to the cloud.", kind: .counter),
        Family(
            "functiongraph_api_request_retries_total", help: "Requests that were a further try within one poll.",
            kind: .counter),
    ])
    let failures = MetricTable([
        Family(
            "functiongraph_api_request_failures_total", help: "Requests without a good answer, by reason.",
            kind: .counter)
    ])
    let durations = HistogramTable(
        "functiongraph_api_request_duration_seconds", help: "Time from sending a request to its whole answer.",
        boundsSeconds: boundsSeconds,
        series: Operation.allCases.map { [Label(name: "operation", value: $0.rawValue)] })
    private let rows = Mutex<[Target: Rows]>([:])

    /// Counts one exchange.
    func observe(_ call: APICall) {
        let rows = rows(for: Target(operation: call.operation, region: call.region, project: call.project))
        totals.update { $0.add(rows.totals, 0, 1) }
        if let reason = call.reason, let row = rows.failures[reason] {
            failures.update { $0.add(row, 0, 1) }
        }
        if let series = Operation.allCases.firstIndex(of: call.operation) {
            durations.observe(series, seconds: call.took.seconds)
        }
    }

    /// Counts a further try.
    func observeRetry(_ operation: Operation, region: String, project: String) {
        let rows = rows(for: Target(operation: operation, region: region, project: project))
        totals.update { $0.add(rows.totals, 1, 1) }
    }

    /// Puts the series of an operation on the page before its first request, all at 0.
    func announce(_ operation: Operation, region: String, project: String) {
        _ = rows(for: Target(operation: operation, region: region, project: project))
    }

    private func rows(for target: Target) -> Rows {
        rows.withLock { known in
            if let rows = known[target] { return rows }
            let labels = [
                Label(name: "operation", value: target.operation.rawValue),
                Label(name: "region_id", value: target.region),
                Label(name: "project_id", value: target.project),
            ]
            let total = totals.insert(labels)
            totals.update {
                $0.set(total, 0, 0)
                $0.set(total, 1, 0)
            }
            var failed: [FailureReason: RowID] = [:]
            for reason in FailureReason.allCases {
                let row = failures.insert(labels + [Label(name: "reason", value: reason.rawValue)])
                failures.update { $0.set(row, 0, 0) }
                failed[reason] = row
            }
            let rows = Rows(totals: total, failures: failed)
            known[target] = rows
            return rows
        }
    }
}

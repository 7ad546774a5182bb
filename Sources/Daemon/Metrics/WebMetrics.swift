import Exposition

/// `functiongraph_exporter_http_requests_total`.
struct WebMetrics: Sendable {
    private struct Key: Hashable {
        let handler: String
        let code: Int
    }

    private let rows = KeyedRows<Key>(
        [
            Family(
                "functiongraph_exporter_http_requests_total", help: "HTTP requests answered by the exporter.",
                kind: .counter)
        ],
        labels: {
            [Label(name: "handler", value: $0.handler), Label(name: "code", value: String($0.code))]
        })

    var table: MetricTable { rows.table }

    /// Puts the usual answers on the page at 0, so that a rate over them has a beginning.
    func announce(handlers: [String]) {
        for handler in handlers {
            rows.update(Key(handler: handler, code: 200)) { update, row in update.add(row, 0, 0) }
        }
    }

    /// Counts one answer.
    func count(handler: String, code: Int) {
        rows.update(Key(handler: handler, code: code)) { update, row in update.add(row, 0, 1) }
    }
}

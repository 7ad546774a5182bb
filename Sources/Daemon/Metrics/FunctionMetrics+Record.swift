import Exposition
import FunctionGraph

extension FunctionMetrics {
    /// Puts a record's state on the page.
    func show(_ record: FunctionRecord, countChange: Bool = false) {
        guard let state = record.state, let index = SnapshotState.allCases.firstIndex(of: state) else { return }
        table.update { update in
            let row = record.rowID
            update.setState(row, FunctionMetrics.Column.state.rawValue, index)
            if let isAsExpected = record.isAsExpected {
                update.set(row, .asExpected, isAsExpected ? 1 : 0)
            } else {
                update.clear(row, .asExpected)
            }
            if let since = record.sinceUnixSeconds { update.set(row, .stateChangeTimestamp, since) }
            if countChange { update.add(row, .stateChanges, 1) }
            if let code = record.code {
                update.setText(row, FunctionMetrics.Column.responseInfo.rawValue, code)
            } else {
                update.clear(row, .responseInfo)
            }
        }
    }
}

import FunctionGraph
import Settings

/// The answers of `query` as columns for people.
enum QueryTable {
    static func text(_ records: [FunctionRecord]) -> [UInt8] {
        var rows = [["FUNCTION", "STATE", "EXPECTED", "CODE", "TOOK", "ERROR"]]
        for record in records {
            rows.append([
                record.watched.urn.canonical,
                record.state.map { $0 == .unknown ? "unknown (\(record.rawState ?? ""))" : $0.rawValue } ?? "-",
                record.isAsExpected.map { $0 ? "yes" : "no" } ?? "-",
                record.code ?? "-",
                record.tookSeconds.map { "\(Int(($0 * 1000).rounded())) ms" } ?? "-",
                error(record.failure),
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var text = ""
        for row in rows {
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                guard column < row.count - 1 else { break }
                line += String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            text += line + "\n"
        }
        return Array(text.utf8)
    }

    private static func error(_ failure: PollFailure?) -> String {
        guard let failure else { return "-" }
        var text = failure.reason.rawValue
        if let asked = failure.askedInstead { text += " (\(asked))" }
        if let status = failure.httpStatus { text += " HTTP \(status)" }
        if let code = failure.errorCode { text += " \(code)" }
        text += ": \(failure.message)"
        if let id = failure.requestID { text += " (request \(id))" }
        return text
    }
}

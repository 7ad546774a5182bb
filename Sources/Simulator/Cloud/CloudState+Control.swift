extension CloudState {
    /// Sets a version's state for good; false: it is not there.
    mutating func setState(_ urn: String, _ step: LifeStep) -> Bool {
        guard let row = FunctionAddress(urn).flatMap({ catalogue.row($0) }) else { return false }
        catalogue.fix(row, step)
        return true
    }

    /// Removes a version; false: it is not there.
    mutating func delete(_ urn: String) -> Bool {
        guard let row = FunctionAddress(urn).flatMap({ catalogue.row($0) }) else { return false }
        catalogue.remove(row)
        return true
    }

    func counts(opened: Int, open: Int) -> RequestCounts {
        let by = counter.counts.map { key, count in
            RequestCounts.Count(
                operation: key.operation.rawValue, project: key.project, status: key.status, count: count)
        }
        var answers: [String: RequestCounts.Answers] = [:]
        for row in catalogue.rows where row.answeredCount > 0 {
            // A version that was deleted and added again has two rows, the later one last.
            let before = answers[row.urn]?.count ?? 0
            answers[row.urn] = RequestCounts.Answers(state: row.answeredState, count: before + row.answeredCount)
        }
        return RequestCounts(
            total: counter.total,
            by: by.sorted { ($0.operation, $0.project, $0.status) < ($1.operation, $1.project, $1.status) },
            connectionsOpened: opened, connectionsOpen: open, wrongKey: counter.wrongKey,
            wrongToken: counter.wrongToken, wrongPassword: tokens.wrongPasswords, answers: answers)
    }

    /// Counts from nothing again.
    mutating func resetCounts() {
        counter = RequestCounter()
        tokens.wrongPasswords = 0
        catalogue.resetAnswers()
    }
}

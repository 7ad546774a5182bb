import FunctionGraph
import Settings

/// Whether a function is among those that a view asks for.
struct StatusFilter: Sendable {
    private let view: StatusView
    /// The words of the text, in lower case, as bytes: searching by `Character` costs ten times as much.
    private let words: [[UInt8]]

    init(_ view: StatusView) {
        self.view = view
        words = view.text.lowercased().split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
    }

    func matches(_ record: FunctionRecord) -> Bool {
        if !view.states.isEmpty {
            let choice = record.state.map(StatusView.StateChoice.state) ?? StatusView.StateChoice.none
            if !view.states.contains(choice) { return false }
        }
        if view.onlyUnexpected || view.onlyFailing {
            let isWanted =
                view.onlyUnexpected && record.isAsExpected == false || view.onlyFailing && record.failure != nil
            if !isWanted { return false }
        }
        guard !words.isEmpty else { return true }
        let haystack = Array(Self.text(of: record).lowercased().utf8)
        return words.allSatisfy { Self.contains(haystack.span, $0.span) }
    }

    /// Everything of a function that can be searched for, one thing a line.
    private static func text(of record: FunctionRecord) -> String {
        var text = record.watched.urn.canonical
        text += "\naccount=\(record.watched.account)\nsource=\(record.watched.source.label)"
        for (name, value) in record.watched.labels { text += "\n\(name)=\(value)" }
        if let raw = record.rawState { text += "\n\(raw)" }
        if let code = record.code { text += "\n\(code)" }
        if let failure = record.failure {
            text += "\n\(failure.reason.rawValue)\n\(failure.errorCode ?? "")\n\(failure.message)"
            text += "\n\(failure.requestID ?? "")"
        }
        return text
    }

    private static func contains(_ text: Span<UInt8>, _ word: Span<UInt8>) -> Bool {
        guard word.count <= text.count else { return false }
        for start in 0...(text.count - word.count) where text[start] == word[0] {
            var offset = 1
            while offset < word.count, text[start + offset] == word[offset] { offset += 1 }
            if offset == word.count { return true }
        }
        return false
    }
}

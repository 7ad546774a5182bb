/// How log records are written.
public enum LogForm: String, Sendable, CaseIterable {
    /// The journal's native protocol, with fields.
    case journal

    /// `key=value` pairs, one record a line on standard error.
    case logfmt

    /// A JSON object, one record a line on standard error.
    case json

    /// The journal where standard error is the journal, else logfmt.
    public static func automatic() -> LogForm {
        stderrIsJournal() ? .journal : .logfmt
    }
}

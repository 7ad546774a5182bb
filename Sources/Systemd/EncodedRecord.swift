/// A log record in the bytes that are written: one line, or the fields of a journal entry one after the other.
struct EncodedRecord: Sendable, Equatable {
    /// A whole line with its newline, or `FIELD=value` texts without anything between them.
    var bytes: [UInt8]

    /// Where each field ends in `bytes`; empty for a line.
    var fieldEnds: [Int] = []
}

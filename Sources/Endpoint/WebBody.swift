/// The body of an answer.
public enum WebBody: Sendable {
    /// All at once.
    case bytes([UInt8])
    /// Finished pieces, sent one after the other as the client reads; they may be shared between answers.
    case pieces([[UInt8]])
    /// Pieces made when they are wanted: called on the event loop, one call at a time, whenever the socket takes
    /// more, until it answers nil. About 100 KB a piece is a good size; a call should take well under a millisecond.
    case stream(@Sendable () -> [UInt8]?)
}

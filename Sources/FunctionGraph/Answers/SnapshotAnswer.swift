/// A good answer to `…/snapshots/state`.
public struct SnapshotAnswer: Sendable, Equatable {
    /// One of the six, or `unknown`.
    public let state: SnapshotState
    /// What the cloud wrote, at most 64 printable characters.
    public let rawState: String
    /// The vendor's undocumented response code, at most 64 printable characters; nil where there is none.
    public let code: String?
    /// The `X-Request-Id` of the answer.
    public let requestID: String?

    /// An answer; texts are made printable and cut.
    public init(rawState: String, code: String?, requestID: String?) {
        state = SnapshotState(answer: rawState)
        self.rawState = Printable.line(rawState, limit: 64)
        let code = code.map { Printable.line($0, limit: 64) }
        self.code = code?.isEmpty ?? true ? nil : code
        self.requestID = requestID.map { Printable.line($0, limit: 128) }
    }
}

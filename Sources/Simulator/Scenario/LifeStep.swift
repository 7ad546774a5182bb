/// One stage in the life of a snapshot, with the answer that the cloud gives in it.
struct LifeStep: Sendable, Equatable {
    let state: String
    let code: String?
    /// How long it lasts; nil: until the end.
    let nanoseconds: Int64?
    /// The body of the answer, made once.
    let body: [UInt8]

    init(state: String, code: String?, nanoseconds: Int64? = nil) {
        self.state = state
        self.code = code
        self.nanoseconds = nanoseconds
        body = JSONText.object([("state", state)] + (code.map { [("code", $0)] } ?? []))
    }
}

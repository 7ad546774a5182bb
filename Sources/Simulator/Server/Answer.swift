/// What goes back to the caller, and what is done to it on the way.
struct Answer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// So many bytes in all, or without end: a beginning, filling, and an end where there is one.
        case filled(prefix: [UInt8], suffix: [UInt8], total: Int?)
    }

    var status: Int
    var contentType = "application/json"
    var headers: [(name: String, value: String)] = []
    var body: Body
    var requestID = ""
    var delay: Duration = .zero
    var dateSkew: Duration = .zero
    var cut: FaultRule.Cut?
    /// The state that it tells of a snapshot.
    var state: String?
    /// The gateway refused the credentials.
    var isAuthenticationFailure = false
    /// Bytes that are no HTTP go out instead.
    var isWireGarbage = false

    init(_ status: Int, _ body: [UInt8], contentType: String = "application/json") {
        self.status = status
        self.body = .bytes(body)
        self.contentType = contentType
    }

    init(_ error: CloudError, requestID: String) {
        let body = error.shape.body(
            status: error.status, code: error.code, message: error.message, requestID: requestID)
        self.init(error.status, body, contentType: error.shape.contentType)
        self.requestID = requestID
    }
}

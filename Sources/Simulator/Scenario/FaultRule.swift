/// When the cloud does not answer as it should, and how.
struct FaultRule: Sendable {
    enum Cut: String, Sendable, CaseIterable {
        /// The connection is closed before any byte.
        case connection
        /// The connection is reset (TCP RST) before any byte, as by a host that has lost it.
        case reset
        /// The connection ends inside the head.
        case head
        /// The connection ends inside the body.
        case body
    }

    enum Garbage: Sendable {
        /// An ordinary head, then a body that is no JSON.
        case body
        /// Bytes that are no HTTP.
        case wire
    }

    // Whom it meets; nil: all.
    var operation: CloudOperation?
    var region: String?
    var project: String?
    var urn: Glob?
    /// From the scenario's start, or from the call that set the faults.
    var atNanoseconds: Int64 = 0
    /// Nil: for ever.
    var forNanoseconds: Int64?
    var probability = 1.0
    /// At most so many; 0: no bound.
    var times = 0

    // What it does.
    var status: Int?
    var code: String?
    var message: String?
    var shape: ErrorShape?
    var body: String?
    var size: Int?
    var endless = false
    var garbage: Garbage?
    var cut: Cut?
    var delay: Duration = .zero
    var dateSkew: Duration = .zero
    var headers: [(name: String, value: String)] = []

    /// Whether there is another answer in place of the true one; else the true one is late, cut or misdated.
    var replacesAnswer: Bool {
        status != nil || code != nil || message != nil || shape != nil || body != nil || size != nil || endless
            || garbage != nil
    }

    /// Whether whoever it meets gets another answer than without it.
    var hasEffect: Bool {
        replacesAnswer || cut != nil || delay > .zero || dateSkew != .zero || !headers.isEmpty
    }

    /// The status of the answer in place of the true one: an error unless only its body is wrong.
    var replacingStatus: Int {
        if let status { return status }
        return code != nil || message != nil || shape != nil ? 500 : 200
    }
}

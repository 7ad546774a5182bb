/// Why a request is turned away before it reaches a responder. The connection is closed after it.
struct Refusal: Error, Equatable {
    let status: Int
    /// One line for the client. Never holds what the client sent.
    let message: String

    static func malformed(_ message: String) -> Refusal { Refusal(status: 400, message: message) }
    static let bodyTooLarge = Refusal(status: 413, message: "the request's body is too large")
    static let targetTooLong = Refusal(status: 414, message: "the request's target is too long")
    static let headTooLarge = Refusal(status: 431, message: "the request's header fields are too large")
    static let tooSlow = Refusal(status: 408, message: "the request took too long")
    static let unexpectedExpectation = Refusal(status: 417, message: "only 100-continue can be expected")
}

internal import NIOCore

/// One request and its answer, from the request's last byte to the answer's.
final class Exchange {
    let method: String
    let path: String
    let minorVersion: Int
    /// The name under which it is counted.
    let handler: String
    let began = NIODeadline.now()
    /// Whether the connection may carry another request after it.
    var keepsAlive: Bool
    /// Zero until an answer is decided.
    var status = 0
    var source: AnswerSource?
    var sentBytes = 0
    /// A responder is at work on it.
    var isResponding = false
    /// Its last byte was sent, or the connection is gone.
    var isOver = false
    var isCounted = false
    /// It is one of the scrapes of which only so many are served at once.
    var holdsScrape = false

    init(method: String, path: String, minorVersion: Int, handler: String, keepsAlive: Bool) {
        self.method = method
        self.path = path
        self.minorVersion = minorVersion
        self.handler = handler
        self.keepsAlive = keepsAlive
    }
}

/// What a responder answers. Framing, `Date` and `Connection` are the server's; such fields given here are dropped.
public struct WebResponse: Sendable {
    /// The status code, 200 to 599.
    public var status: Int
    /// Fields in their order.
    public var headers: [(String, String)]
    /// The body; of an answer to HEAD only its length is used.
    public var body: WebBody

    /// - Parameters:
    ///   - status: 200 to 599.
    ///   - headers: in their order.
    ///   - body: what follows.
    public init(status: Int, headers: [(String, String)] = [], body: WebBody = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// One line or more of plain text.
    public static func text(_ status: Int, _ text: String, headers: [(String, String)] = []) -> WebResponse {
        WebResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")] + headers,
            body: .bytes(Array(text.utf8)))
    }
}

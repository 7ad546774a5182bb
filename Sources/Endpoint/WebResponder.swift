/// The one who answers requests that a route was found for.
public protocol WebResponder: Sendable {
    /// Answers a request. Runs off the event loop, several at once; it is not cancelled when the client goes away.
    func respond(_ request: WebRequest) async -> WebResponse

    /// A request was answered, or refused by the server itself (then `handler` is the route's, or `other`).
    /// Called on the event loop, once per request: must not block.
    func requestEnded(handler: String, status: Int)
}

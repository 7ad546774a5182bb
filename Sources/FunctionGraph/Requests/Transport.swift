/// The one seam between this room and an HTTP client. It follows no redirect, keeps the request's time and body
/// limits, and neither changes nor adds a header that is signed.
public protocol Transport: Sendable {
    /// Sends one request and returns the whole answer, whatever its status.
    func send(_ request: CloudRequest) async throws(TransportError) -> CloudResponse
}

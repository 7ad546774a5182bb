/// The exposition form that a client and the server agree on.
public struct NegotiatedForm: Sendable, Hashable {
    /// The form of the body.
    public let form: MetricsForm
    /// What goes into `Content-Type`: media type, version, charset and, where it was asked for, the escaping.
    public let contentType: String
}

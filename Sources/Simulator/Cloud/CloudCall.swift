/// What a request is about, read from its path alone.
struct CloudCall: Sendable {
    var operation: CloudOperation
    /// Empty where the call has none.
    var project = ""
    /// Of the project, or of the URN where the project is unknown; empty where the call has none.
    var region = ""
    /// All eight fields; nil where the call has no URN or a malformed one.
    var urn: String?
    /// The parts of the URN, read only where the look-up by its text failed.
    var address: FunctionAddress?
    /// The version that the URN names as it stands.
    var row: Int?
    /// Why the call cannot be served whoever asks; found by reading the path.
    var refusal: CloudError?
}

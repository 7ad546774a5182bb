public import HTTPTypes

/// A whole answer. Printing it shows the status and the body's length only: bodies hold tokens, keys and the
/// environment of functions in clear text.
public struct CloudResponse: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// HTTP status, 100 to 599.
    public var status: Int
    /// Header fields as received.
    public var headers: HTTPFields
    /// At most the request's `maximumBodyBytes`.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Status and length only.
    public var description: String { "\(status), \(body.count) bytes" }
    /// Status and length only.
    public var customMirror: Mirror {
        Mirror(self, children: ["status": status, "bytes": body.count], displayStyle: .struct)
    }
}

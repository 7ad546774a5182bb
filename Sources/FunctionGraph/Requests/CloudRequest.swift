public import HTTPTypes

/// One HTTP request to the cloud, ready to be signed and sent. Printing it shows method and URL, never headers or
/// body, because both may hold credentials.
public struct CloudRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// GET, PUT or POST.
    public var method: HTTPRequest.Method
    /// `scheme://host[:port][/prefix]`, without a slash at its end.
    public var baseURL: String
    /// Percent-encoded path below `baseURL`; begins with `/`.
    public var encodedPath: String
    /// Names and values, not encoded, in the order they are sent.
    public var query: [(String, String)]
    /// As sent, `Host` included once it is signed.
    public var headers: HTTPFields
    /// Empty where there is none.
    public var body: [UInt8]
    /// For the whole exchange, connection included.
    public var timeout: Duration
    /// A longer answer is a `decode` error of the transport, which must not keep it in memory.
    public var maximumBodyBytes: Int
    /// False for the metadata service, which must never be asked through a proxy.
    public var usesProxy: Bool
    /// What it is for.
    public var operation: Operation
    /// Region label; empty where none applies.
    public var region: String
    /// Project label; empty where none applies.
    public var project: String

    /// A request without credentials.
    public init(
        method: HTTPRequest.Method = .get, baseURL: String, encodedPath: String, query: [(String, String)] = [],
        headers: HTTPFields = [:], body: [UInt8] = [], timeout: Duration, maximumBodyBytes: Int = 1 << 20,
        usesProxy: Bool = true, operation: Operation, region: String, project: String
    ) {
        self.method = method
        self.baseURL = baseURL
        self.encodedPath = encodedPath
        self.query = query
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
        self.usesProxy = usesProxy
        self.operation = operation
        self.region = region
        self.project = project
    }

    /// The whole URL as sent; the query is encoded as it is signed.
    public var url: String {
        let target = baseURL + encodedPath
        guard !query.isEmpty else { return target }
        let pairs = query.map { PercentEncoding.encode($0.0) + "=" + PercentEncoding.encode($0.1) }
        return target + "?" + pairs.joined(separator: "&")
    }

    /// Method and URL only.
    public var description: String { "\(method.rawValue) \(url)" }
    /// Method and URL only.
    public var customMirror: Mirror {
        Mirror(self, children: ["method": method.rawValue, "url": url], displayStyle: .struct)
    }
}

/// A path that is served.
public struct WebRoute: Sendable, Hashable {
    /// The path that must match exactly, percent signs resolved.
    public let path: String
    /// The methods that are allowed; `HEAD` goes with `GET`.
    public let methods: [String]
    /// The name under which requests are counted. Of `metrics` only so many are served at once.
    public let handler: String
    /// Whether a password is asked for and the rate limit counts. False for probes only.
    public let needsAuthentication: Bool

    /// - Parameters:
    ///   - path: must match exactly.
    ///   - methods: in capitals.
    ///   - handler: the label value.
    ///   - needsAuthentication: false for probes only.
    public init(path: String, methods: [String], handler: String, needsAuthentication: Bool = true) {
        self.path = path
        self.methods = methods
        self.handler = handler
        self.needsAuthentication = needsAuthentication
    }

    func allows(_ method: String) -> Bool {
        methods.contains(method) || (method == "HEAD" && methods.contains("GET"))
    }

    /// What `Allow` says.
    var allow: String {
        let all = methods.contains("GET") && !methods.contains("HEAD") ? methods + ["HEAD"] : methods
        return all.joined(separator: ", ")
    }
}

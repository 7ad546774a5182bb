internal import NIOHTTP1

/// A request that passed all checks of form. Its body has been read and dropped: no route of ours takes one.
public struct WebRequest: Sendable {
    /// The method, `GET` or `HEAD` for most.
    public let method: String
    /// The path with its percent signs resolved, beginning with `/`.
    public let path: String
    /// The query's pairs in their order, percent signs and `+` resolved. A name without `=` has an empty value.
    public let query: [(name: String, value: String)]
    /// The query as it was sent, without the question mark.
    public let rawQuery: String
    let headers: HTTPHeaders

    /// - Parameters:
    ///   - method: in capitals.
    ///   - path: with its percent signs resolved.
    ///   - rawQuery: as sent, without the question mark.
    ///   - headers: the fields in their order.
    public init(method: String, path: String, rawQuery: String = "", headers: [(String, String)] = []) {
        self.init(method: method, path: path, rawQuery: rawQuery, fields: HTTPHeaders(headers))
    }

    init(method: String, path: String, rawQuery: String, fields: HTTPHeaders) {
        self.method = method
        self.path = path
        self.rawQuery = rawQuery
        self.query = Self.pairs(of: rawQuery)
        self.headers = fields
    }

    /// The values of a field in the order of their lines; field names know no case.
    public func values(of name: String) -> [String] { headers[name] }

    /// All lines of a field joined by `, `, or nil where there is none (RFC 9110 §5.3).
    public func header(_ name: String) -> String? {
        let values = headers[name]
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The value of the first pair with this name.
    public func queryValue(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// All `Accept` fields joined by `, `; empty where there is none.
    public var accept: String { header("Accept") ?? "" }

    /// Whether the client takes gzip and does not like it less than plain text (RFC 9110 §12.5.3).
    public var acceptsGzip: Bool { ContentCoding.acceptsGzip(header("Accept-Encoding") ?? "") }

    private static func pairs(of rawQuery: String) -> [(name: String, value: String)] {
        guard !rawQuery.isEmpty else { return [] }
        return rawQuery.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else {
                return (PercentCoding.decodeForm(pair), "")
            }
            let value = pair[pair.index(after: equals)...]
            return (PercentCoding.decodeForm(pair[..<equals]), PercentCoding.decodeForm(value))
        }
    }
}

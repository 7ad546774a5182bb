import NIOHTTP1

/// A whole request as it came over the wire.
struct ReceivedRequest: Sendable {
    let method: String
    /// Still percent-encoded, as sent.
    let path: Substring
    /// What follows the `?`, still percent-encoded; empty if there is none.
    let query: Substring
    let headers: HTTPHeaders
    let body: [UInt8]

    init(method: String, target: String, headers: HTTPHeaders, body: [UInt8]) {
        self.method = method
        self.headers = headers
        self.body = body
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            path = target[...]
            query = ""
            return
        }
        path = target[..<mark]
        query = target[target.utf8.index(after: mark)...]
    }

    /// The decoded value of a query parameter, the first if there are several; `+` stays `+`.
    func parameter(_ name: String) -> String? {
        for part in query.split(separator: "&") {
            let key = part.prefix { $0 != "=" }
            guard Percent.decodeText(key) == name else { continue }
            return Percent.decodeText(part.dropFirst(key.count + 1))
        }
        return nil
    }
}

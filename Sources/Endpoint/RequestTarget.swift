/// The target of a request line, taken apart (RFC 9112 §3.2).
struct RequestTarget {
    /// With its percent signs resolved; `*` for the server as a whole.
    let path: String
    let rawQuery: String

    /// Nil where the target has no form that a server of its own answers.
    init?(_ target: String) {
        var rest = target[...]
        if !rest.hasPrefix("/") {
            if rest == "*" {
                path = "*"
                rawQuery = ""
                return
            }
            // The absolute form, which a server must take although only proxies are sent it.
            guard let scheme = ["http://", "https://"].first(where: { rest.lowercased().hasPrefix($0) }) else {
                return nil
            }
            rest = rest.dropFirst(scheme.count)
            guard let start = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else {
                path = "/"
                rawQuery = ""
                return
            }
            guard start > rest.startIndex else { return nil }
            rest = rest[start...]
        }
        let utf8 = rest.utf8
        let mark = utf8.firstIndex(of: UInt8(ascii: "?")) ?? utf8.endIndex
        guard let decoded = PercentCoding.decodePath(utf8[..<mark]) else { return nil }
        path = decoded.isEmpty ? "/" : decoded
        rawQuery = mark == utf8.endIndex ? "" : String(rest[rest.index(after: mark)...])
    }
}

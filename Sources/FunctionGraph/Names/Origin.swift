/// A base URL in the parts a signature needs.
struct Origin {
    /// `host` or `host:port`, as the `Host` header says it.
    let authority: String
    /// The path in front of every request's own, without a slash at its end; usually empty.
    let prefix: String

    init(_ baseURL: String) {
        // On bytes, because this is done for each request and the delimiters are ASCII.
        let slash = UInt8(ascii: "/")
        var rest = Substring(baseURL).utf8
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[colon...].starts(with: "://".utf8) {
            rest = rest[colon...].dropFirst(3)
        }
        let end = rest.firstIndex(of: slash) ?? rest.endIndex
        var authority = rest[..<end]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[at...].dropFirst() }
        self.authority = String(Substring(authority))
        var prefix = rest[end...]
        while prefix.last == slash { prefix.removeLast() }
        self.prefix = String(Substring(prefix))
    }
}

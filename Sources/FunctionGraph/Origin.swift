/// A base URL in the parts a signature needs.
struct Origin {
    /// `host` or `host:port`, as the `Host` header says it.
    let authority: String
    /// The path in front of every request's own, without a slash at its end; usually empty.
    let prefix: String

    init(_ baseURL: String) {
        let marker: Range<String.Index>? = baseURL.firstRange(of: "://")
        let rest = marker.map { baseURL[$0.upperBound...] } ?? baseURL[...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var authority = rest[..<slash]
        if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
        self.authority = String(authority)
        var prefix = rest[slash...]
        while prefix.hasSuffix("/") { prefix.removeLast() }
        self.prefix = String(prefix)
    }
}

/// Takes secrets out of texts that came from outside: clouds and proxies echo what they were sent.
struct Redaction: Sendable {
    /// Shorter ones would only garble the text, and no credential of the vendor is that short.
    private static let shortestSecret = 4
    /// Of longer secrets a beginning of this length gives away as much as the whole: whoever echoes a token of several
    /// kilobytes cuts it.
    private static let tellingPrefix = 16

    let secrets: [Secret]

    /// The text with `<secret>` in place of every secret and every telling beginning of one.
    func callAsFunction(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            let value = secret.reveal()
            guard value.utf8.count >= Self.shortestSecret else { return text }
            let whole = text.replacing(value, with: "<secret>")
            guard value.utf8.count > Self.tellingPrefix else { return whole }
            return Self.withoutBeginnings(of: value, whole)
        }
    }

    private static func withoutBeginnings(of value: String, _ text: String) -> String {
        let prefix = value.prefix(tellingPrefix)
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(of: prefix) {
            result += rest[..<found.lowerBound]
            result += "<secret>"
            // As far as it goes on like the secret.
            let length = zip(rest[found.lowerBound...], value).prefix { $0 == $1 }.count
            rest = rest[found.lowerBound...].dropFirst(length)
        }
        return result + rest
    }
}

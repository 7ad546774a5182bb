/// Takes secrets out of texts that came from outside: clouds and proxies echo what they were sent, as it was or in the
/// escapes of JSON, HTML, URLs and base64, whole or cut.
struct Redaction: Sendable {
    /// Shorter ones would only garble the text, and no credential of the vendor is that short.
    private static let shortestSecret = 4
    /// Of longer secrets a beginning of this length gives away as much as the whole: whoever echoes a token of several
    /// kilobytes cuts it.
    private static let tellingPrefix = 16

    /// What is looked for, the longest first, so that no part of one is replaced before the whole.
    private let needles: [String]

    init(secrets: some Sequence<Secret>) {
        var needles: Set<String> = []
        for secret in secrets {
            let value = secret.reveal()
            guard value.utf8.count >= Self.shortestSecret else { continue }
            needles.formUnion(SecretForms.all(of: value))
        }
        self.needles = needles.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// The text with `<secret>` in place of every secret and every telling beginning of one.
    func callAsFunction(_ text: String) -> String {
        guard !text.isEmpty else { return text }
        return needles.reduce(text) { text, value in
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

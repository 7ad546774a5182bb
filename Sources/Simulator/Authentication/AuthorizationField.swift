/// The `Authorization` field of a signed request, in pieces.
///
/// `SDK-HMAC-SHA256 Access=<key>, SignedHeaders=<a;b>, Signature=<hex>` or
/// `V11-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>, SignedHeaders=<a;b>, Signature=<hex>`.
struct AuthorizationField: Sendable, Equatable {
    enum Algorithm: Sendable, Equatable {
        case plain
        /// The info text `<date>/<region>/<service>` goes into the key and into what is signed.
        case derived(info: String)
    }

    let algorithm: Algorithm
    let accessKey: String
    let signedHeaders: [Substring]
    let signature: String

    static let plainName = "SDK-HMAC-SHA256"
    static let derivedName = "V11-HMAC-SHA256"

    init?(_ field: String) {
        guard let space = field.firstIndex(of: " ") else { return nil }
        let name = field[..<space]
        guard name == Self.plainName || name == Self.derivedName else { return nil }
        var values: [Substring: Substring] = [:]
        for part in field[space...].split(separator: ",") {
            let trimmed = part.drop { $0 == " " }
            guard let equals = trimmed.firstIndex(of: "=") else { return nil }
            values[trimmed[..<equals]] = trimmed[trimmed.index(after: equals)...]
        }
        guard let signedHeaders = values["SignedHeaders"], let signature = values["Signature"] else { return nil }
        self.signedHeaders = signedHeaders.split(separator: ";", omittingEmptySubsequences: false)
        self.signature = String(signature)
        if name == Self.plainName {
            guard let access = values["Access"] else { return nil }
            algorithm = .plain
            accessKey = String(access)
        } else {
            guard let credential = values["Credential"], let slash = credential.firstIndex(of: "/") else { return nil }
            let info = credential[credential.index(after: slash)...]
            guard info.split(separator: "/", omittingEmptySubsequences: false).count == 3 else { return nil }
            algorithm = .derived(info: String(info))
            accessKey = String(credential[..<slash])
        }
        guard !accessKey.isEmpty, !self.signature.isEmpty else { return nil }
    }
}

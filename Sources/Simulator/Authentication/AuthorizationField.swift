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

    /// Looks at bytes and not at characters: it runs for each request, and characters cost several times as much.
    init?(_ field: String) {
        let bytes = field.utf8
        guard let space = bytes.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let name = field[..<space]
        guard name == Self.plainName || name == Self.derivedName else { return nil }
        var access: Substring?
        var credential: Substring?
        var headers: Substring?
        var signature: Substring?
        for part in bytes[space...].split(separator: UInt8(ascii: ",")) {
            let trimmed = part.drop { $0 == UInt8(ascii: " ") }
            guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let value = Substring(trimmed[trimmed.index(after: equals)...])
            switch Substring(trimmed[..<equals]) {
            case "Access": access = value
            case "Credential": credential = value
            case "SignedHeaders": headers = value
            case "Signature": signature = value
            default: break
            }
        }
        guard let headers, let signature, !signature.isEmpty else { return nil }
        signedHeaders = headers.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Substring($0) }
        self.signature = String(signature)
        if name == Self.plainName {
            guard let access, !access.isEmpty else { return nil }
            algorithm = .plain
            accessKey = String(access)
        } else {
            guard let credential, let slash = credential.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
            let info = credential[credential.index(after: slash)...]
            guard slash > credential.startIndex,
                info.split(separator: "/", omittingEmptySubsequences: false).count == 3
            else { return nil }
            algorithm = .derived(info: String(info))
            accessKey = String(credential[..<slash])
        }
    }
}

import Crypto

/// A secret key, ready to recompute signatures with.
struct SigningKey: Sendable {
    private let accessKey: String
    private let secret: [UInt8]
    private let plainKey: SymmetricKey

    init(accessKey: String, secret: String) {
        self.accessKey = accessKey
        self.secret = Array(secret.utf8)
        plainKey = SymmetricKey(data: self.secret)
    }

    /// The signature that a canonical request should bear, in hexadecimal digits.
    func signature(
        of canonicalRequest: [UInt8], date: String, algorithm: AuthorizationField.Algorithm
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(192)
        let key: SymmetricKey
        switch algorithm {
        case .plain:
            text.append(contentsOf: "\(AuthorizationField.plainName)\n\(date)\n".utf8)
            key = plainKey
        case .derived(let info):
            text.append(contentsOf: "\(AuthorizationField.derivedName)\n\(date)\n\(info)\n".utf8)
            // HKDF with the access key as salt; the hexadecimal text of the result is the key.
            let derived = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: plainKey, salt: Array(accessKey.utf8), info: Array(info.utf8), outputByteCount: 32)
            key = SymmetricKey(data: unsafe derived.withUnsafeBytes { unsafe Hex.lower($0) })
        }
        text.append(contentsOf: Hex.lower(SHA256.hash(data: canonicalRequest)))
        return Hex.lower(HMAC<SHA256>.authenticationCode(for: text, using: key))
    }
}

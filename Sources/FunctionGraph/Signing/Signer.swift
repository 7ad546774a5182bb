import Crypto
import FoundationEssentials
import HTTPTypes

/// Signs requests as the vendor's SDKs do (devg-apisign; `signing-vectors.json` holds what they compute).
///
/// Only headers are signed that no proxy rewrites: `Host`, `X-Sdk-Date`, and `X-Project-Id` and `X-Security-Token`
/// where they are sent. A signature holds for 15 minutes, so each attempt is signed anew.
public struct Signer: Sendable {
    /// What is signed, apart from the key.
    struct Input {
        var method: String
        /// Percent-encoded or raw; both give the same signature.
        var path: String
        var query: [(String, String)]
        /// The headers to sign, `X-Sdk-Date` and `Host` among them.
        var headers: [(String, String)]
        var body: [UInt8]
        /// The value of `X-Sdk-Date`.
        var date: String
    }

    /// The signature with the texts it was made of.
    struct Signature {
        var canonicalRequest: String
        var stringToSign: String
        var authorization: String
    }

    private let scheme: SigningScheme

    /// A signer; the plain scheme is what public endpoints expect.
    public init(_ scheme: SigningScheme = .plain) { self.scheme = scheme }

    /// Sets `Host`, `X-Sdk-Date`, `Authorization` and, where they apply, `X-Project-Id` and `X-Security-Token`.
    /// A request signed before is signed anew.
    public func authorize(_ request: inout CloudRequest, key: AccessKey, unixSeconds: Double, projectID: String?) {
        let origin = Origin(request.baseURL)
        let date = CivilTime.basic(unixSeconds: unixSeconds)
        var signed = [(HTTPField.Name.signedHost, origin.authority), (.sdkDate, date)]
        if let projectID, !projectID.isEmpty { signed.append((.projectID, projectID)) }
        if let token = key.securityToken { signed.append((.securityToken, token.reveal())) }
        for (name, value) in signed { request.headers[name] = value }
        let input = Input(
            method: request.method.rawValue, path: origin.prefix + request.encodedPath, query: request.query,
            headers: signed.map { ($0.0.canonicalName, $0.1) }, body: request.body, date: date)
        request.headers[.authorization] = sign(input, key: key).authorization
    }

    /// The whole computation, for a request in parts.
    func sign(_ input: Input, key: AccessKey) -> Signature {
        let headers = input.headers.map { ($0.0.lowercased(), Text.trim($0.1)) }.sorted { $0.0 < $1.0 }
        let names = headers.map(\.0).joined(separator: ";")
        let payload = headers.first { $0.0 == "x-sdk-content-sha256" }?.1 ?? Text.hex(SHA256.hash(data: input.body))
        let canonicalRequest = [
            input.method, Self.canonicalPath(input.path), Self.canonicalQuery(input.query),
            headers.map { "\($0.0):\($0.1)\n" }.joined(), names, payload,
        ].joined(separator: "\n")
        let digest = Text.hex(SHA256.hash(data: Array(canonicalRequest.utf8)))
        let stringToSign: String
        let access: String
        let signingKey: [UInt8]
        switch scheme {
        case .plain:
            stringToSign = [scheme.algorithm, input.date, digest].joined(separator: "\n")
            access = "Access=\(key.id)"
            signingKey = Array(key.secret.reveal().utf8)
        case .derived(let region, let service):
            let info = "\(input.date.prefix(8))/\(region)/\(service)"
            stringToSign = [scheme.algorithm, input.date, info, digest].joined(separator: "\n")
            access = "Credential=\(key.id)/\(info)"
            signingKey = Self.derivedKey(key, info: info)
        }
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(stringToSign.utf8), using: SymmetricKey(data: signingKey))
        let authorization = "\(scheme.algorithm) \(access), SignedHeaders=\(names), Signature=\(Text.hex(code))"
        return Signature(
            canonicalRequest: canonicalRequest, stringToSign: stringToSign, authorization: authorization)
    }

    /// The derived key is used as the text of its hexadecimal digits.
    static func derivedKey(_ key: AccessKey, info: String) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(key.secret.reveal().utf8)), salt: Array(key.id.utf8),
            info: Array(info.utf8), outputByteCount: 32)
        return unsafe derived.withUnsafeBytes { unsafe Array(Text.hex($0).utf8) }
    }

    /// Decoded, split, each segment encoded anew, and always with a slash at the end.
    private static func canonicalPath(_ path: String) -> String {
        let encoded = PercentEncoding.canonicalPath(path)
        return encoded.hasSuffix("/") ? encoded : encoded + "/"
    }

    /// Sorted by name, then by value, by code point.
    private static func canonicalQuery(_ query: [(String, String)]) -> String {
        let ordered = query.sorted { left, right in
            left.0 == right.0 ? precedes(left.1, right.1) : precedes(left.0, right.0)
        }
        return ordered.map { PercentEncoding.encode($0.0) + "=" + PercentEncoding.encode($0.1) }
            .joined(separator: "&")
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

import Crypto
import NIOHTTP1

/// The text that the vendor's signing rules make of a request, recomputed from what arrived.
///
/// Method, URI, query, fields, names of fields and the hash of the body, each on lines of their own.
enum CanonicalRequest {
    /// Nil when a signed field is not there, when the path or the query is badly encoded, or when the body is not the
    /// one that was hashed.
    static func bytes(_ request: ReceivedRequest, signedHeaders: [Substring]) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        output.append(contentsOf: request.method.utf8)
        output.append(newline)
        guard appendPath(request.path, to: &output) else { return nil }
        output.append(newline)
        guard appendQuery(request.query, to: &output) else { return nil }
        output.append(newline)
        for name in signedHeaders {
            // The rules write names in lower case and in order; another spelling gives another text.
            guard let value = headerValue(name, request.headers) else { return nil }
            output.append(contentsOf: name.utf8)
            output.append(UInt8(ascii: ":"))
            appendTrimmed(value, to: &output)
            output.append(newline)
        }
        output.append(newline)
        for (index, name) in signedHeaders.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ";")) }
            output.append(contentsOf: name.utf8)
        }
        output.append(newline)
        guard appendBodyHash(request, to: &output) else { return nil }
        return output
    }

    /// Each segment decoded and encoded again, so that both wire forms of `:` and `!` come to one; ends with `/`.
    private static func appendPath(_ path: Substring, to output: inout [UInt8]) -> Bool {
        for segment in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            guard let decoded = Percent.decode(segment) else { return false }
            output.append(UInt8(ascii: "/"))
            Percent.append(decoded, to: &output)
        }
        output.append(UInt8(ascii: "/"))
        return true
    }

    /// Names in order, the values of one name in order, `name=value` joined by `&`.
    private static func appendQuery(_ query: Substring, to output: inout [UInt8]) -> Bool {
        guard !query.isEmpty else { return true }
        var pairs: [(name: String, value: String)] = []
        for part in query.utf8.split(separator: UInt8(ascii: "&")) {
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            guard let name = Percent.decode(name), let value = Percent.decode(value) else { return false }
            pairs.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        }
        pairs.sort { $0 < $1 }
        for (index, pair) in pairs.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            Percent.append(pair.name.utf8, to: &output)
            output.append(UInt8(ascii: "="))
            Percent.append(pair.value.utf8, to: &output)
        }
        return true
    }

    private static func headerValue(_ name: Substring, _ headers: HTTPHeaders) -> String? {
        headers.first(name: String(name))
    }

    private static func appendTrimmed(_ value: String, to output: inout [UInt8]) {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        var bytes = Substring(value).utf8.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        output.append(contentsOf: bytes)
    }

    /// The value of `X-Sdk-Content-Sha256` where it is sent, and then it must be true or say `UNSIGNED-PAYLOAD`.
    private static func appendBodyHash(_ request: ReceivedRequest, to output: inout [UInt8]) -> Bool {
        let stated = request.headers.first(name: "x-sdk-content-sha256")
        if let stated, stated == "UNSIGNED-PAYLOAD" {
            output.append(contentsOf: stated.utf8)
            return true
        }
        if request.body.isEmpty, stated == nil {
            output.append(contentsOf: emptyHash)
            return true
        }
        let hash = Hex.lower(SHA256.hash(data: request.body))
        if let stated, !stated.utf8.elementsEqual(hash) { return false }
        output.append(contentsOf: hash)
        return true
    }

    private static let newline = UInt8(ascii: "\n")
    private static let emptyHash = Hex.lower(SHA256.hash(data: [UInt8]()))
}

/// What came back over a connection that was then closed.
struct RawAnswer: Sendable {
    let bytes: [UInt8]
    let status: Int
    let headers: [String: String]
    let body: [UInt8]
    /// The other side reset the connection instead of closing it.
    let isReset: Bool

    init(_ bytes: [UInt8], isReset: Bool) {
        self.bytes = bytes
        self.isReset = isReset
        let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        let lines = String(decoding: bytes[..<(end?.lowerBound ?? bytes.endIndex)], as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        self.headers = headers
        body = end.map { Array(bytes[$0.upperBound...]) } ?? []
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of a text member of the body, found without a parser: the bodies are small and known.
    subscript(_ name: String) -> String? {
        guard let start = text.firstRange(of: "\"\(name)\":\"") else { return nil }
        let rest = text[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }
}

/// Where the metrics are: `--web.telemetry-path`.
struct TelemetryPath {
    /// What can be one, for messages.
    static let expected = "a path such as /metrics, of letters, digits, - . _ ~ and /, that no other page has"

    /// The path as it stands in a request.
    let text: String

    /// Nil unless a request can ask for it. Only the unreserved characters of RFC 3986 2.3 are taken, for others come
    /// percent-encoded or not, as the client likes; and clients take segments of one or two dots out (5.2.4).
    init?(_ text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("/-/"), text != "/", text != "/api/v1/functions" else { return nil }
        let others = "-._~/".utf8
        func isTaken(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: others.contains(byte)
            }
        }
        guard text.utf8.allSatisfy(isTaken), !text.hasPrefix("//"),
            !text.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
        else { return nil }
        self.text = text
    }
}

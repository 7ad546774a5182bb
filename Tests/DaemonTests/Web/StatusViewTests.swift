import Testing

@testable import Daemon

@Suite("The address of the status page")
struct StatusViewTests {
    typealias Query = [(name: String, value: String)]

    @Test(
        "a view read back from its own address is the same view",
        arguments: [
            "?", "?state=expire", "?state=enable&state=none", "?unexpected=1", "?failing=1", "?unexpected=1&failing=1",
            "?q=a%20b%26c%3D%C3%A9%2B%25", "?sort=since&order=desc", "?order=desc&page=3", "?sort=error&refresh=15",
            "?state=create_fail&unexpected=1&q=orders&sort=poll&order=desc&page=2&refresh=60",
        ])
    func addressRoundTrip(address: String) {
        let view = StatusView(Self.query(address))
        #expect(view.address == address)
        #expect(StatusView(Self.query(view.address)) == view)
    }

    @Test(
        "what the address does not know is left at its default",
        arguments: [
            ("state", "ENABLE"), ("state", ""), ("unexpected", "true"), ("sort", "colour"), ("order", "up"),
            ("page", "-7"), ("page", "x"), ("page", "99999999999999999999"), ("refresh", "1"), ("colour", "red"),
        ])
    func unknown(name: String, value: String) {
        #expect(StatusView([(name, value)]) == StatusView())
    }

    @Test("a text is cut to what the page's own field takes")
    func longText() {
        let view = StatusView([("q", String(repeating: "é", count: 5000))])
        #expect(view.text.count == StatusView.textLimit)
    }

    @Test("a link changes one thing and leaves the view as it is")
    func links() {
        let view = StatusView([("q", "orders"), ("page", "2")])
        #expect(view.link { $0.page = 3 } == "?q=orders&page=3")
        #expect(view.withoutFilter.address == "?")
        #expect(view.page == 2)
    }

    /// Splits and decodes as the endpoint does.
    static func query(_ address: String) -> Query {
        address.dropFirst().split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: decoded(parts[1]))
        }
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

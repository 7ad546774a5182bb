import Testing

@testable import Endpoint

struct ListenAddressTests {
    static let good: [(String, ListenAddress)] = [
        (":10977", .tcp(host: nil, port: 10977)), ("127.0.0.1:0", .tcp(host: "127.0.0.1", port: 0)),
        ("[::1]:65535", .tcp(host: "::1", port: 65535)), ("localhost:80", .tcp(host: "localhost", port: 80)),
        ("[fe80::1%eth0]:80", .tcp(host: "fe80::1%eth0", port: 80)), ("a_b.c-d:1", .tcp(host: "a_b.c-d", port: 1)),
    ]

    @Test(arguments: good)
    func `an address is read and written back`(_ text: String, _ address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
        #expect(address.description == text)
    }

    /// What follows `expected host:port, :port or [::1]:port`.
    static let refused: [(String, String)] = [
        ("zzz", ""), ("http://127.0.0.1:1", ""), ("a:1,b:2", ", one address each"),
        ("*:23001", "; a missing host means all addresses: ':23001'"),
        ("::1:80", "; an IPv6 address stands in brackets"), ("localhost:many", " with a port from 0 to 65535"),
        ("[x]:80", " with an IPv6 address between [ and ]"), ("a b:80", "; a host is a name or an address"),
    ]

    @Test(arguments: refused)
    func `what was expected is told`(_ text: String, _ more: String) {
        let error = #expect(throws: ListenAddressError.self) { try ListenAddress(text) }
        #expect(error?.message == "expected host:port, :port or [::1]:port\(more)")
    }

    @Test(arguments: [
        "*.example:80", "[::1/64]:80", "[*]:80", "a,b:80",
        "", "10977", "host", "host:", ":65536", ":-1", ":+1", ":1x", "::1:80", "[::1]", "[]:80", "[host]:80", "[::1:80",
        "a b:80", "http://a:80", "a/b:80",
    ])
    func `what is no address is refused with what was expected`(_ text: String) {
        #expect(throws: ListenAddressError.self) { try ListenAddress(text) }
    }
}

import Testing

@testable import Endpoint

struct ListenAddressTests {
    static let good: [(String, ListenAddress)] = [
        (":10977", .tcp(host: nil, port: 10977)), ("127.0.0.1:0", .tcp(host: "127.0.0.1", port: 0)),
        ("[::1]:65535", .tcp(host: "::1", port: 65535)), ("localhost:80", .tcp(host: "localhost", port: 80)),
    ]

    @Test(arguments: good)
    func `an address is read and written back`(_ text: String, _ address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "10977", "host", "host:", ":65536", ":-1", ":+1", ":1x", "::1:80", "[::1]", "[]:80", "[host]:80", "[::1:80",
        "a b:80", "http://a:80", "a/b:80",
    ])
    func `what is no address is refused with what was expected`(_ text: String) {
        #expect(throws: ListenAddressError.self) { try ListenAddress(text) }
    }
}

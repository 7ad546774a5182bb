import Testing

@testable import Endpoint

/// What is malformed, doubled or made to be read in two ways, over real sockets.
@Suite(.timeLimit(.minutes(1)))
struct RequestFormTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: String
        let status: Int

        init(_ name: String, _ bytes: String, _ status: Int = 400) {
            (self.name, self.bytes, self.status) = (name, bytes, status)
        }

        var testDescription: String { name }
    }

    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n"
    private static let post = "POST /-/reload HTTP/1.1\r\nHost: a\r\n"
    private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

    static let lengths = [
        Form("length and coding", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Form("coding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        Form("the same length twice", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
        Form("two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        Form("a list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc"),
        Form("a length with a plus", post + "Content-Length: +3\r\n\r\nabc"),
        Form("a negative length", post + "Content-Length: -3\r\n\r\nabc"),
        Form("a hexadecimal length", post + "Content-Length: 0x3\r\n\r\nabc"),
        Form("an empty length", post + "Content-Length:\r\n\r\n"),
        Form("a length beyond numbers", post + "Content-Length: 99999999999999999999\r\n\r\n"),
        Form("a body over the bound", post + "Content-Length: 65537\r\n\r\n", 413),
        Form("a coding that is not chunked", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Form("two codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Form("chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Form("the identity coding", post + "Transfer-Encoding: identity\r\n\r\n"),
        Form("an empty coding", post + "Transfer-Encoding:\r\n\r\n"),
        Form("a coding behind a vertical tab", post + "Transfer-Encoding:\u{0b}chunked\r\n\r\n0\r\n\r\n"),
        Form("a coding in HTTP/1.0", "POST /-/reload HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    static let chunks = [
        Form("a chunk without size", chunked + "zz\r\n\r\n"),
        Form("a chunk's size with 0x", chunked + "0x3\r\nabc\r\n0\r\n\r\n"),
        Form("a negative chunk", chunked + "-3\r\nabc\r\n0\r\n\r\n"),
        Form("a blank behind a chunk's size", chunked + "3 \r\nabc\r\n0\r\n\r\n"),
        Form("a chunk longer than its size", chunked + "3\r\nabcd\r\n0\r\n\r\n"),
        Form("a chunk's size that ends in LF", chunked + "3\nabc\r\n0\r\n\r\n"),
        Form("a chunk's extension that ends in LF", chunked + "3;a\nabc\r\n0\r\n\r\n"),
        Form("a chunk that ends in LF", chunked + "3\r\nabc\n0\r\n\r\n"),
        Form("a chunk's size beyond numbers", chunked + "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n"),
        Form("a chunk over the bound", chunked + "10001\r\n", 413),
        Form("chunks over the bound", chunked + "ffff\r\n" + String(repeating: "a", count: 65535) + "\r\n2\r\n", 413),
        Form("a NUL in a trailer", chunked + "0\r\nX: \0\r\n\r\n"),
        Form("a trailer that ends in LF", chunked + "0\r\nX: a\n\r\n"),
    ]

    static let fields = [
        Form("no Host", "GET / HTTP/1.1\r\n\r\n"),
        Form("two Hosts", get + "Host: a\r\n\r\n"),
        Form("a Host that is a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        Form("a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        Form("a folded line", get + "X: a\r\n b\r\n\r\n"),
        Form("a line folded with a tab", get + "X: a\r\n\tb\r\n\r\n"),
        Form("a first line that is folded", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
        Form("a blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
        Form("a tab before the colon", post + "Content-Length\t: 3\r\n\r\nabc"),
        Form("a line without colon", get + "Xab\r\n\r\n"),
        Form("a field without name", get + ": b\r\n\r\n"),
        Form("a NUL in a value", get + "X: a\0b\r\n\r\n"),
        Form("a NUL in a name", get + "X\0: ab\r\n\r\n"),
        Form("a control character in a value", get + "X: a\u{01}b\r\n\r\n"),
        Form("a DEL in a value", get + "X: a\u{7f}b\r\n\r\n"),
        Form("a CR alone", get + "X: a\rb\r\n\r\n"),
        Form("lines that end in LF", "GET / HTTP/1.1\nHost: a\n\n"),
        Form("one line that ends in LF", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        Form("fields over the bound", get + "X: " + String(repeating: "a", count: 20000) + "\r\n\r\n", 431),
        Form("too many fields", get + String(repeating: "X: a\r\n", count: 200) + "\r\n", 431),
        Form("an expectation that nobody knows", post + "Expect: 200-ok\r\nContent-Length: 1\r\n\r\na", 417),
    ]

    static let lines = [
        Form("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a tab for a blank", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a blank at the end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
        Form("HTTP/0.9", "GET /\r\n\r\n"),
        Form("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Form("a version that is none", "GET / HTTP/1.x\r\nHost: a\r\n\r\n"),
        Form("a version in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n"),
        Form("a method that is no token", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a TLS greeting", "\u{16}\u{03}\u{01}\u{02}"),
        Form("a target without slash", "GET metrics HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a target with a fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a target with a bad percent sign", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a target with a NUL", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a target that is not ASCII", "GET /é HTTP/1.1\r\nHost: a\r\n\r\n"),
        Form("a target over the bound", "GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\n", 414),
        Form("a target without end", "GET /" + String(repeating: "a", count: 9000), 414),
        Form("a tunnel", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
        Form("empty lines without end", String(repeating: "\r\n", count: 9)),
    ]

    @Test(arguments: lengths + chunks + fields + lines)
    func `a request of a bad form is refused and the connection closed`(_ form: Form) async throws {
        let responder = TestResponder()
        try await TestServer.run(responder) { server in
            let client = try await RawClient.connect(server.port)
            // Whatever follows must not be taken for a request of its own.
            try await client.send(form.bytes + Self.get + "\r\n")
            let text = await client.readToEnd()
            #expect(statuses(in: text) == [form.status])
            #expect(text.contains("Connection: close\r\n"))
            #expect(responder.requests.isEmpty)
            #expect(responder.endings == [.init(handler: "other", status: form.status)])
        }
    }

    @Test func `a bad request behind a good one does not take its answer away`() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\nGET / HTTP/1.1\r\n\r\n" + Self.get + "\r\n")
            #expect(statuses(in: await client.readToEnd()) == [200, 400])
        }
    }

    static let broken = [
        Form("in the line", "GET / HT"), Form("in the fields", get + "X"),
        Form("in the body", post + "Content-Length: 10\r\n\r\nabc"), Form("in a chunk", chunked + "5\r\nabc"),
    ]

    @Test(arguments: broken)
    func `a request that breaks off is refused`(_ form: Form) async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(form.bytes)
            try await client.sendEnd()
            #expect(statuses(in: await client.readToEnd()) == [400])
        }
    }

    @Test func `a client that hangs up without a word gets none`() async throws {
        let responder = TestResponder()
        try await TestServer.run(responder) { server in
            let client = try await RawClient.connect(server.port)
            try await client.sendEnd()
            #expect(await client.readToEnd() == "")
            #expect(responder.endings.isEmpty)
        }
    }

    @Test func `every byte on its own makes the same request`() async throws {
        let responder = TestResponder()
        try await TestServer.run(responder) { server in
            let client = try await RawClient.connect(server.port)
            for byte in Array((Self.chunked + "3;x=\"y\"\r\nabc\r\n0\r\nX: y\r\n\r\n" + Self.get + "\r\n").utf8) {
                try await client.send([byte])
            }
            #expect(try await client.readAnswer().status == 200)
            #expect(try await client.readAnswer().text == "GET /\n")
            #expect(responder.requests.map(\.path) == ["/-/reload", "/"])
        }
    }
}

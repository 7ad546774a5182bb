import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n"

    @Test func `requests sent at once are answered in their order`() async throws {
        let responder = TestResponder { .text(200, $0.rawQuery) }
        try await TestServer.run(responder) { server in
            let client = try await RawClient.connect(server.port)
            let count = 300
            try await client.send((0..<count).map { "GET /?\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for number in 0..<count { #expect(try await client.readAnswer().text == "\(number)") }
        }
    }

    @Test func `only one request of a connection is under way`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "")
        }
        try await TestServer.run(responder) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\n" + Self.get + "\r\n")
            await gate.arrivals(1)
            // Anyone else's request goes its way meanwhile.
            #expect(try await server.get("/nope").status == 404)
            #expect(responder.requests.count == 1)
            gate.open()
            #expect(try await client.readAnswer().status == 200)
            #expect(try await client.readAnswer().status == 200)
        }
    }

    static let endings: [(String, [Int])] = [
        (get + "Connection: close\r\n\r\n" + get + "\r\n", [200]), (get + "Connection: x, CLOSE\r\n\r\n", [200]),
        ("GET / HTTP/1.0\r\n\r\n" + get + "\r\n", [200]),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n", [200, 200]),
        (get + "Connection: upgrade\r\nUpgrade: h2c\r\n\r\n", [200]),
        ("\r\n\r\n" + get + "Connection: close\r\n\r\n", [200]),
        (get + "\r\nGET /nope HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", [200, 404]),
        (get + "Content-Length: 3\r\n\r\nabc" + get + "Connection: close\r\n\r\n", [200, 200]),
        ("GET http://a/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", [200]),
        ("POST /-/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [200]),
    ]

    @Test(arguments: endings)
    func `a connection ends when one side says so`(_ sent: String, _ expected: [Int]) async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(sent)
            #expect(statuses(in: await client.readToEnd()) == expected)
        }
    }

    @Test func `a client that has said all it wanted still gets its answers`() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\n" + Self.get + "\r\n")
            try await client.sendEnd()
            #expect(statuses(in: await client.readToEnd()) == [200, 200])
        }
    }

    @Test func `a body is asked for when the client waits to be asked`() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(
                "POST /-/reload HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            #expect(try await client.readAnswer().status == 100)
            try await client.send("abc")
            #expect(try await client.readAnswer().status == 200)
        }
    }

    @Test func `a stream is chunked, and to HTTP/1.0 ends with the connection`() async throws {
        let responder = TestResponder { _ in
            let pieces = PieceCounter(10)
            return WebResponse(
                status: 200, body: .stream { pieces.next().map { [UInt8](repeating: $0, count: 50_000) } })
        }
        try await TestServer.run(responder) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\n" + Self.get.replacingOne("1.1", "1.0") + "\r\n")
            let first = try await client.readAnswer()
            #expect(first.field("Transfer-Encoding") == "chunked")
            #expect(first.body.count == 500_000)
            let second = try await client.readAnswer()
            #expect(second.field("Transfer-Encoding") == nil)
            #expect(second.body.count == 500_000)
        }
    }

    @Test func `pieces and large bodies arrive whole`() async throws {
        let responder = TestResponder { request in
            let body = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 251) }
            guard request.rawQuery == "pieces" else { return WebResponse(status: 200, body: .bytes(body)) }
            return WebResponse(status: 200, body: .pieces([Array(body[..<7]), [], Array(body[7...]), []]))
        }
        try await TestServer.run(responder) { server in
            let expected = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 251) }
            let whole = try await server.get("/")
            let pieces = try await server.get("/?pieces")
            #expect(whole.body == expected)
            #expect(pieces.body == expected)
        }
    }
}

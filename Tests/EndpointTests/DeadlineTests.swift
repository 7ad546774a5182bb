import Testing

@testable import Endpoint

/// Every wait of a connection has its end. The limits are short, and what is awaited is the close itself.
@Suite(.timeLimit(.minutes(1)))
struct DeadlineTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n"

    private static func limits(_ change: (inout WebLimits) -> Void) -> WebLimits {
        var limits = WebLimits()
        change(&limits)
        return limits
    }

    @Test func `a connection that says nothing is closed without a word`() async throws {
        try await TestServer.run(limits: Self.limits { $0.opening = .milliseconds(50) }) { server in
            let client = try await RawClient.connect(server.port)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test func `a connection that is quiet after an answer is closed without a word`() async throws {
        try await TestServer.run(limits: Self.limits { $0.idle = .milliseconds(50) }) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\n")
            #expect(statuses(in: await client.readToEnd()) == [200])
        }
    }

    @Test(arguments: ["GET", get + "X-Slow: ", "POST /-/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"])
    func `a request that is never finished is cut off`(_ start: String) async throws {
        let responder = TestResponder()
        try await TestServer.run(responder, limits: Self.limits { $0.head = .milliseconds(100) }) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(start)
            #expect(statuses(in: await client.readToEnd()) == [408])
            #expect(responder.requests.isEmpty)
            #expect(responder.endings == [.init(handler: "other", status: 408)])
        }
    }

    @Test func `a request that comes byte by byte is cut off all the same`() async throws {
        try await TestServer.run(limits: Self.limits { $0.head = .milliseconds(100) }) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "X: ")
            await #expect(throws: (any Error).self) {
                // Each byte goes out when the server has answered a question, far too slowly to reach the bound of
                // the head before its deadline.
                while await server.server.probe() { try await client.send("a") }
            }
            #expect(statuses(in: await client.readToEnd()) == [408])
        }
    }

    @Test func `a client that does not read is cut off, and what was made for it let go`() async throws {
        let (ends, continuation) = AsyncStream<Int>.makeStream()
        let responder = TestResponder { _ in
            let pieces = PieceCounter(100_000) { continuation.yield(1) }
            return WebResponse(
                status: 200, body: .stream { pieces.next().map { [UInt8](repeating: $0, count: 100_000) } })
        }
        try await TestServer.run(responder, limits: Self.limits { $0.answer = .milliseconds(200) }) { server in
            let client = try await RawClient.connect(server.port, reads: false)
            try await client.send(Self.get + "\r\n")
            var iterator = ends.makeAsyncIterator()
            #expect(await iterator.next(isolation: #isolation) == 1)
            await client.close()
        }
    }

    @Test func `an answer that does not come in time is 503`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "late")
        }
        try await TestServer.run(responder, limits: Self.limits { $0.answer = .milliseconds(50) }) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\n")
            #expect(statuses(in: await client.readToEnd()) == [503])
            gate.open()
            #expect(responder.endings == [.init(handler: "index", status: 503)])
        }
    }

    @Test func `an answer is put off by nothing but its own deadline`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "")
        }
        let limits = Self.limits { ($0.head, $0.idle) = (.milliseconds(20), .milliseconds(40)) }
        try await TestServer.run(responder, limits: limits) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(Self.get + "\r\n")
            await gate.arrivals(1)
            // Another connection has lived through both limits when it is closed.
            let other = try await RawClient.connect(server.port)
            try await other.send("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(statuses(in: await other.readToEnd()) == [404])
            gate.open()
            #expect(try await client.readAnswer().status == 200)
        }
    }
}

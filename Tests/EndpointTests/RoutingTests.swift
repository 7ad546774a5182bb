import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct RoutingTests {
    @Test func `a path that nobody serves is 404 and counted as other`() async throws {
        let responder = TestResponder()
        try await TestServer.run(responder) { server in
            let answers = [try await server.get("/nope"), try await server.get("/metrics/")]
            #expect(answers.map(\.status) == [404, 404])
            #expect(responder.endings == [.init(handler: "other", status: 404), .init(handler: "other", status: 404)])
        }
    }

    static let methods: [(String, String, String)] = [
        ("POST", "/metrics", "GET, HEAD"), ("DELETE", "/", "GET, HEAD"), ("OPTIONS", "/metrics", "GET, HEAD"),
        ("GET", "/-/reload", "POST"), ("BREW", "/-/reload", "POST"),
    ]

    @Test(arguments: methods)
    func `a wrong method is 405 and told what is allowed`(_ method: String, _ path: String, _ allow: String)
        async throws
    {
        let responder = TestResponder()
        try await TestServer.run(responder) { server in
            let answer = try await server.get(path, method: method)
            #expect(answer.status == 405)
            #expect(answer.field("Allow") == allow)
            #expect(responder.requests.isEmpty)
            #expect(responder.endings.map(\.status) == [405])
        }
    }

    @Test func `HEAD is GET without the body`() async throws {
        try await TestServer.run(TestResponder { _ in .text(200, "twelve bytes") }) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send("HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readAnswer(toHead: true).field("Content-Length") == "12")
            #expect(try await client.readAnswer().text == "twelve bytes")
        }
    }

    @Test func `the server's own fields cannot be forged by an answer`() async throws {
        let responder = TestResponder { _ in
            WebResponse(
                status: 200,
                headers: [
                    ("Content-Length", "1"), ("transfer-encoding", "chunked"), ("X-Good", "yes"),
                    ("X-Split", "a\r\nX-Forged: b"), ("Date", "today"),
                ], body: .bytes(Array("body".utf8)))
        }
        try await TestServer.run(responder) { server in
            let answer = try await server.get("/")
            #expect(answer.text == "body")
            #expect(answer.field("X-Good") == "yes")
            #expect(answer.field("X-Split") == nil)
            #expect(answer.field("X-Forged") == nil)
            #expect(answer.field("Date")?.hasSuffix(" GMT") == true)
        }
    }

    @Test func `a request's parts reach the responder`() async throws {
        let responder = TestResponder()
        try await TestServer.run(responder) { server in
            _ = try await server.get("/?state=enable&q=a%20b", fields: ["X-One: 1", "x-one: 2"])
            let request = try #require(responder.requests.first)
            #expect(request.method == "GET")
            #expect(request.queryValue("q") == "a b")
            #expect(request.header("X-ONE") == "1, 2")
        }
    }

    @Test func `more scrapes than allowed at once are 503, until one has ended`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "scraped")
        }
        try await TestServer.run(responder, maxRequests: 2) { server in
            async let first = server.get("/metrics")
            async let second = server.get("/metrics")
            await gate.arrivals(2)
            let refused = try await server.get("/metrics")
            #expect(refused.status == 503)
            #expect(refused.text.contains("(2)"))
            async let other = server.get("/-/healthy")
            await gate.arrivals(3)
            gate.open()
            #expect(try await [first.status, second.status, other.status] == [200, 200, 200])
            #expect(try await server.get("/metrics").status == 200)
        }
    }
}

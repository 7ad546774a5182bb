import Testing

@testable import Endpoint

/// Where systemd holds the port, a client that connects during a restart must get its answer from either process.
@Suite(.timeLimit(.minutes(1)))
struct StopGraceTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test(
        "A client that has just connected is answered, wherever in its request the stop finds it",
        arguments: [0, 1, 20])
    func answered(_ sent: Int) async throws {
        let gate = Gate()
        let responder = TestResponder { request in
            if request.path == "/metrics" { await gate.pass() }
            return .text(200, "done")
        }
        var limits = WebLimits()
        limits.linger = .seconds(600)
        // A busy machine may take longer than a client should.
        limits.grace = .seconds(600)
        limits.opening = .seconds(600)
        limits.head = .seconds(600)
        try await TestServer.run(responder, limits: limits) { server in
            let client = try await RawClient.connect(server.port)
            try await client.send(String(Self.get.prefix(sent)))
            // It is accepted, and its bytes are read, once one that came later has its request before the responder.
            let later = try await RawClient.connect(server.port)
            try await later.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            await gate.arrivals(1)
            async let stop: Void = server.server.stop(within: .seconds(50))
            while await server.server.probe() { await Task.yield() }
            try await client.send(String(Self.get.dropFirst(sent)))
            let answer = try await client.readAnswer()
            #expect(answer.text == "done")
            #expect(answer.field("Connection") == "close")
            gate.open()
            #expect(try await later.readAnswer().text == "done")
            await stop
        }
    }
}

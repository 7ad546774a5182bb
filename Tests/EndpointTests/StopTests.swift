import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct StopTests {
    /// A loopback address of this test's own: on the usual one another test's server may get the port that is freed.
    private static let host = "127.0.0.72"
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a stop closes what is quiet, lets an answer finish and refuses what is new`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "done")
        }
        // No connection may be ended by its own deadline first, however busy the machine is.
        var limits = WebLimits()
        limits.opening = .seconds(600)
        limits.head = .seconds(600)
        limits.idle = .seconds(600)
        try await TestServer.run(responder, limits: limits, address: .tcp(host: Self.host, port: 0)) { server in
            let quiet = try await RawClient.connect(server.port, host: Self.host)
            let slow = try await RawClient.connect(server.port, host: Self.host)
            try await slow.send("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /")
            let busy = try await RawClient.connect(server.port, host: Self.host)
            try await busy.send(Self.get + Self.get)
            await gate.arrivals(1)
            _ = try await slow.readAnswer()
            async let stop: Void = server.server.stop(within: .seconds(50))
            #expect(await quiet.readToEnd() == "")
            #expect(await slow.readToEnd() == "")
            // The listener may be on another loop of the tests' group, which closes it when it gets to it; a connection is
            // refused from then on, and the suite's time limit ends this if it never is.
            while let client = try? await RawClient.connect(server.port, host: Self.host) { await client.close() }
            #expect(await !server.server.probe())
            gate.open()
            let answer = try await busy.readAnswer()
            #expect(answer.text == "done")
            #expect(answer.field("Connection") == "close")
            // What was sent behind it is the next server's.
            #expect(await busy.readToEnd() == "")
            await stop
            #expect(await server.server.connectionCount() == 0)
        }
    }

    @Test func `a stop cuts what is not done at its bound`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "")
        }
        try await TestServer.run(responder) { server in
            let busy = try await RawClient.connect(server.port)
            try await busy.send(Self.get)
            await gate.arrivals(1)
            await server.server.stop(within: .milliseconds(20))
            #expect(await busy.readToEnd() == "")
            gate.open()
        }
    }

    @Test func `stopping twice and without a listener is fine`() async throws {
        try await TestServer.run { server in
            await server.server.stop(within: .seconds(5))
            await server.server.stop(within: .seconds(5))
            await #expect(throws: BindFault.self) { try await server.server.bind(.tcp(host: "127.0.0.1", port: 0)) }
        }
    }
}

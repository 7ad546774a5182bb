import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct StopTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a stop closes what is quiet, lets an answer finish and refuses what is new`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "done")
        }
        try await TestServer.run(responder) { server in
            let quiet = try await RawClient.connect(server.port)
            let slow = try await RawClient.connect(server.port)
            try await slow.send("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /")
            let busy = try await RawClient.connect(server.port)
            try await busy.send(Self.get + Self.get)
            await gate.arrivals(1)
            _ = try await slow.readAnswer()
            async let stop: Void = server.server.stop(within: .seconds(50))
            #expect(await quiet.readToEnd() == "")
            #expect(await slow.readToEnd() == "")
            await #expect(throws: (any Error).self) { try await RawClient.connect(server.port) }
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

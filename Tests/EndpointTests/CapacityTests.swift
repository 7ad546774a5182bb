import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct CapacityTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func limits(_ connections: Int) -> WebLimits {
        var limits = WebLimits()
        limits.connections = connections
        return limits
    }

    @Test func `the connection that has been quiet longest makes room for a new one`() async throws {
        try await TestServer.run(limits: Self.limits(3)) { server in
            var clients: [RawClient] = []
            for _ in 0..<3 {
                let client = try await RawClient.connect(server.port)
                try await client.send(Self.get)
                _ = try await client.readAnswer()
                clients.append(client)
            }
            // The first is heard of again, so the second has been quiet longest.
            try await clients[0].send(Self.get)
            _ = try await clients[0].readAnswer()
            let late = try await RawClient.connect(server.port)
            try await late.send(Self.get)
            #expect(try await late.readAnswer().status == 200)
            #expect(await clients[1].readToEnd() == "")
            for client in [clients[0], clients[2]] {
                try await client.send(Self.get)
                #expect(try await client.readAnswer().status == 200)
            }
            #expect(await server.server.connectionCount() == 3)
        }
    }

    @Test func `where all are busy a new one waits until one has ended`() async throws {
        let gate = Gate()
        let responder = TestResponder { _ in
            await gate.pass()
            return .text(200, "")
        }
        try await TestServer.run(responder, limits: Self.limits(2)) { server in
            let busy = [try await RawClient.connect(server.port), try await RawClient.connect(server.port)]
            for client in busy { try await client.send(Self.get) }
            await gate.arrivals(2)
            // The system takes the connection in the server's name; nobody reads from it.
            let waiting = try await RawClient.connect(server.port)
            try await waiting.send(Self.get)
            #expect(await server.server.connectionCount() == 2)
            #expect(await server.server.probe())
            // Several wait, and each has sent its request before it is let in.
            let others = [
                try await RawClient.connect(server.port), try await RawClient.connect(server.port),
                try await RawClient.connect(server.port),
            ]
            for client in others { try await client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") }
            gate.open()
            for client in busy { #expect(try await client.readAnswer().status == 200) }
            #expect(try await waiting.readAnswer().status == 200)
            for client in others { #expect(try await client.readAnswer().status == 200) }
        }
    }
}

import FunctionGraph
import HTTPTypes
import NIOPosix
import Settings
import Testing

@testable import Daemon

/// The HTTP client against real sockets: every way in which an answer can fail to come has its reason.
struct TransportTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    /// Runs a body with a transport and closes it.
    static func withTransport<Value>(
        readTimeout: Duration = .seconds(120), _ change: (inout AsyncHTTPTransport.Options) -> Void = { _ in },
        _ body: (AsyncHTTPTransport, ConnectionCounter) async throws -> Value
    ) async throws -> Value {
        var options = AsyncHTTPTransport.Options(minimumVersion: .tls12, proxy: nil, readTimeout: readTimeout)
        change(&options)
        let connections = ConnectionCounter()
        let transport = AsyncHTTPTransport(
            options: options, group: MultiThreadedEventLoopGroup.singleton, connections: connections)
        do {
            let value = try await body(transport, connections)
            #expect(transport.inFlight == 0)
            await transport.shutdown()
            return value
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    static func request(_ url: String, timeout: Duration = .seconds(120), method: HTTPRequest.Method = .get)
        -> CloudRequest
    {
        CloudRequest(
            method: method, baseURL: url, encodedPath: "/v2/state", timeout: timeout, operation: .snapshotState,
            region: "cn-north-4", project: Samples.project)
    }

    /// What a request fails with; `nil` if it does not.
    static func failure(_ transport: AsyncHTTPTransport, _ request: CloudRequest) async -> TransportError? {
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [ScriptedServer.Step]
        let reason: FailureReason
        var requests = 1
    }

    @Test(arguments: [
        Case(testDescription: "closed before any answer", steps: [.close], reason: .connect),
        Case(
            testDescription: "closed in the head", steps: [.send("HTTP/1.1 200 OK\r\nContent-"), .close],
            reason: .connect),
        Case(
            testDescription: "closed in the body",
            steps: [.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sta"), .close], reason: .connect),
        Case(
            testDescription: "closed in a chunked body",
            steps: [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"sta\r\n"), .close],
            reason: .connect),
        Case(testDescription: "no HTTP", steps: [.send("220 ready for mail\r\n")], reason: .connect),
        Case(
            testDescription: "64 MiB announced",
            steps: [.send("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n"), .flood(64 << 20)], reason: .decode),
        Case(
            testDescription: "a body without end",
            steps: [.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"), .flood(1 << 40)], reason: .decode),
        Case(testDescription: "no answer", steps: [], reason: .timeout),
        Case(testDescription: "a head that stalls", steps: [.send("HTTP/1.1 200 OK\r\n")], reason: .timeout),
        Case(
            testDescription: "a body that stalls",
            steps: [.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"state\"")], reason: .timeout),
    ])
    func `each way to fail has its reason, in time and without keeping what came`(_ test: Case) async throws {
        let steps = test.steps
        try await ScriptedServer.with({ _ in steps }) { server in
            try await Self.withTransport { transport, _ in
                let timeout: Duration = test.reason == .timeout ? .milliseconds(300) : .seconds(120)
                let start = ContinuousClock.now
                let failure = await Self.failure(transport, Self.request(server.url, timeout: timeout))
                #expect(failure?.reason == test.reason)
                #expect(failure?.message.isEmpty == false)
                // The time of a request is that of the whole of it, body included: without a bound this would take for
                // ever. The slack is for a machine whose cores are all busy with other tests.
                #expect(ContinuousClock.now - start < timeout + .seconds(60))
                // On a busy machine the time may be over before the request is out.
                let least = test.reason == .timeout ? 0 : test.requests
                #expect((least...test.requests).contains(server.requests.count))
                #expect(server.bytesSent < 16 << 20)
            }
        }
    }

    @Test func `a body that trickles is cut off when its time is over`() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
        try await ScriptedServer.with({ _ in [.send(head)] }) { server in
            try await Self.withTransport { transport, _ in
                let start = ContinuousClock.now
                let failure = await Self.failure(transport, Self.request(server.url, timeout: .milliseconds(400)))
                #expect(failure?.reason == .timeout)
                #expect(ContinuousClock.now - start < .seconds(60))
            }
        }
    }

    @Test func `a port where nobody listens is a refused connection, at once`() async throws {
        let closed = try ClosedPort()
        try await Self.withTransport { transport, _ in
            let start = ContinuousClock.now
            let failure = await Self.failure(
                transport, Self.request("http://127.0.0.1:\(closed.port)", timeout: .seconds(300)))
            #expect(failure?.reason == .connect)
            #expect(failure?.message.contains("refused") == true, "\(failure?.message ?? "")")
            #expect(ContinuousClock.now - start < .seconds(120))
        }
    }

    @Test func `a name without an address is dns`() async throws {
        // A label of more than 63 characters is refused before anybody is asked.
        let name = String(repeating: "x", count: 70) + ".invalid"
        try await Self.withTransport { transport, _ in
            let failure = await Self.failure(transport, Self.request("http://\(name)"))
            #expect(failure?.reason == .dns)
        }
    }

    @Test func `a request that is cancelled ends at once as cancelled`() async throws {
        try await ScriptedServer.with({ _ in [] }) { server in
            try await Self.withTransport { transport, _ in
                let request = Self.request(server.url, timeout: .seconds(120))
                let failure = await withTaskGroup(of: TransportError?.self) { group in
                    group.addTask { await Self.failure(transport, request) }
                    _ = await becomes { server.requests.count == 1 }
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                #expect(failure?.reason == .cancelled)
            }
        }
    }

    @Test func `a redirect is an answer and not followed`() async throws {
        let target = "http://127.0.0.1:1/elsewhere"
        try await ScriptedServer.with({ _ in
            [.send("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")]
        }) { server in
            try await Self.withTransport { transport, _ in
                let response = try await transport.send(Self.request(server.url))
                #expect(response.status == 302)
                #expect(response.headers[.location] == target)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test func `the request goes out as it was signed: its Host once, its headers, its body`() async throws {
        try await ScriptedServer.with({ _ in [.send(Self.answer)] }) { server in
            try await Self.withTransport { transport, _ in
                var request = Self.request(server.url, method: .post)
                request.query = [("marker", "a b"), ("maxitems", "100")]
                if let host = HTTPField.Name("Host") { request.headers[host] = "127.0.0.1:\(server.port)" }
                request.headers[.authorization] = "SDK-HMAC-SHA256 of the test"
                request.body = Array("{\"a\":1}".utf8)
                let response = try await transport.send(request)
                #expect(response.status == 200)
                #expect(response.body == Array("{}".utf8))
                let sent = try #require(server.requests.first)
                #expect(sent.line.hasPrefix("POST /v2/state?marker=a%20b&maxitems=100 HTTP/1.1"))
                #expect(sent.head.lowercased().components(of: "\r\nhost:") == 1)
                #expect(sent.has("authorization: SDK-HMAC-SHA256 of the test"))
                #expect(sent.has("content-length: 7"))
                #expect(!sent.has("transfer-encoding"))
            }
        }
    }

    @Test func `connections are kept for the next request`() async throws {
        try await ScriptedServer.with({ _ in [.send(Self.answer)] }) { server in
            try await Self.withTransport { transport, connections in
                for _ in 1...10 { _ = try await transport.send(Self.request(server.url)) }
                #expect(server.requests.count == 10)
                #expect(server.connections == 1)
                #expect(connections.opened == 1)
            }
        }
    }

    @Test func `one attempt is one request, whatever becomes of the connection`() async throws {
        try await ScriptedServer.with({ request in
            request.connection == 1 && request.number == 2 ? [.close] : [.send(Self.answer)]
        }) { server in
            try await Self.withTransport { transport, connections in
                _ = try await transport.send(Self.request(server.url))
                #expect(await Self.failure(transport, Self.request(server.url))?.reason == .connect)
                #expect(server.requests.count == 2)
                _ = try await transport.send(Self.request(server.url))
                #expect(server.requests.count == 3)
                #expect(connections.opened == 2)
            }
        }
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

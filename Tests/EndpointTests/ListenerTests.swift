import Glibc
import NIOCore
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    @Test func `one server has several listeners, and answers for all of them`() async throws {
        try await TestServer.run { server async throws in
            let second = try await server.server.bind(.tcp(host: "localhost", port: 0))
            #expect(second.hasPrefix("127.0.0.1:") || second.hasPrefix("[::1]:"))
            #expect(await server.server.probe())
            #expect(try await server.get("/").status == 200)
        }
    }

    @Test func `IPv6 is spoken`() async throws {
        try await TestServer.run(address: .tcp(host: "::1", port: 0)) { server async throws in
            let client = try await RawClient.connect(server.port, host: "::1")
            try await client.send("GET / HTTP/1.1\r\nHost: [::1]:1\r\n\r\n")
            #expect(try await client.readAnswer().status == 200)
        }
    }

    @Test func `an address without host takes both families`() async throws {
        try await TestServer.run(address: .tcp(host: nil, port: 0)) { server async throws in
            for host in ["127.0.0.1", "::1"] {
                let client = try await RawClient.connect(server.port, host: host)
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.readAnswer().status == 200)
            }
        }
    }

    @Test func `an address in use is a fault that says so`() async throws {
        try await TestServer.run { server async throws in
            let address = ListenAddress.tcp(host: "127.0.0.1", port: server.port)
            let fault = await #expect(throws: BindFault.self) { try await server.server.bind(address) }
            #expect(fault?.errnoCode == EADDRINUSE)
            #expect(fault?.description == "cannot listen on 127.0.0.1:\(server.port): Address already in use")
            #expect(await server.server.probe())
        }
    }

    @Test func `a name that is none is a fault`() async throws {
        try await TestServer.run { server async throws in
            let address = ListenAddress.tcp(host: "host.invalid", port: 9)
            let fault = await #expect(throws: BindFault.self) { try await server.server.bind(address) }
            #expect(fault?.description == "cannot listen on host.invalid:9: the host name has no address")
        }
    }

    @Test func `a socket that someone else bound is taken over`() async throws {
        let socket = try InheritedSocket.tcp()
        try await TestServer.run(address: .inherited(fd: socket.descriptor)) { server async throws in
            let answer = try await server.get("/")
            #expect(answer.status == 200)
        }
    }

    @Test func `a local socket that someone else bound is taken over`() async throws {
        let path = "/tmp/endpoint-test-\(getpid()).socket"
        defer { unsafe unlink(path) }
        let socket = try InheritedSocket.local(path)
        try await TestServer.run(address: .inherited(fd: socket.descriptor)) { _ in
            let client = try await RawClient.connect(to: SocketAddress(unixDomainSocketPath: path))
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.readAnswer().status == 200)
        }
    }

    @Test func `a descriptor that is no socket is a fault`() async throws {
        try await TestServer.run { server async throws in
            await #expect(throws: BindFault.self) { try await server.server.bind(.inherited(fd: 9999)) }
        }
    }

    @Test func `a probe ends with its task`() async throws {
        try await TestServer.run { server async throws in
            let probe = Task { await server.server.probe() }
            probe.cancel()
            // Either it was quicker than the cancellation, or it ends with false; it must end.
            _ = await probe.value
        }
    }
}

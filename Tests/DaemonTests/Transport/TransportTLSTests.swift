import FunctionGraph
import NIOSSL
import Settings
import Testing

@testable import Daemon

/// Certificates, and ways through a proxy.
struct TransportTLSTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    private let authorities: [NIOSSLCertificate]

    init() throws {
        authorities = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8))
    }

    @Test func `a certificate of an unknown authority is refused`() async throws {
        try await ScriptedServer.with(isTLS: true, { _ in [.send(Self.answer)] }) { server in
            try await TransportTests.withTransport { transport, _ in
                let failure = await TransportTests.failure(transport, TransportTests.request(server.httpsURL))
                #expect(failure?.reason == .tls)
                #expect(failure?.message.contains("unknown authority") == true)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `one's own authority is trusted besides the system's`(host: String) async throws {
        try await ScriptedServer.with(isTLS: true, { _ in [.send(Self.answer)] }) { server in
            try await TransportTests.withTransport({ $0.authorities = authorities }) { transport, connections in
                for _ in 1...3 {
                    let url = "https://\(host):\(server.port)"
                    let response = try await transport.send(TransportTests.request(url))
                    #expect(response.status == 200)
                }
                #expect(connections.opened == 1)
            }
        }
    }

    @Test func `a certificate for another name is refused`() async throws {
        try await ScriptedServer.with(host: "127.0.0.2", isTLS: true, { _ in [.send(Self.answer)] }) { server in
            try await TransportTests.withTransport({ $0.authorities = authorities }) { transport, _ in
                let failure = await TransportTests.failure(transport, TransportTests.request(server.httpsURL))
                #expect(failure?.reason == .tls)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `a server that speaks no TLS is a TLS failure`() async throws {
        try await ScriptedServer.with(isTLS: false, { _ in [.send(Self.answer)] }) { server in
            try await TransportTests.withTransport({ $0.authorities = authorities }) { transport, _ in
                // The server takes the handshake for the beginning of a head and waits for its end.
                let request = TransportTests.request(server.httpsURL, timeout: .milliseconds(300))
                let failure = await TransportTests.failure(transport, request)
                #expect(failure?.reason == .timeout || failure?.reason == .tls)
            }
        }
    }

    @Test func `a server that ends the handshake is asked once, and told of without names of the build`() async throws {
        try await ScriptedServer.with(closesAtOnce: true, { _ in [] }) { server in
            try await TransportTests.withTransport({ $0.authorities = authorities }) { transport, _ in
                let failure = await TransportTests.failure(transport, TransportTests.request(server.httpsURL))
                #expect(failure?.reason == .tls || failure?.reason == .connect)
                #expect(failure?.message.contains("/") == false, "\(failure?.message ?? "")")
                #expect(server.connections == 1)
            }
        }
    }

    // MARK: Proxies

    private func proxied(_ server: ScriptedServer, user: String = "", noProxy: [String] = []) -> ProxySettings {
        ProxySettings(url: "http://\(user)\(server.host):\(server.port)", noProxy: noProxy)
    }

    private static let tunnel: ScriptedServer.Script = { request in
        request.line.hasPrefix("CONNECT ")
            ? [.send("HTTP/1.1 200 Connection established\r\n\r\n"), .startTLS] : [.send(answer)]
    }

    @Test func `https goes through the proxy's tunnel, with its password`() async throws {
        try await ScriptedServer.with(host: "127.0.0.3", Self.tunnel) { server in
            let proxy = proxied(server, user: "scraper:open-sesame@")
            try await TransportTests.withTransport({
                $0.authorities = authorities
                $0.proxy = proxy
            }) { transport, _ in
                for _ in 1...2 {
                    let request = TransportTests.request("https://functiongraph.cn-north-4.example")
                    let response = try await transport.send(request)
                    #expect(response.status == 200)
                }
                #expect(server.requests.count == 3)
                let connect = try #require(server.requests.first)
                #expect(connect.line.hasPrefix("CONNECT functiongraph.cn-north-4.example:443 "))
                #expect(connect.has("proxy-authorization: Basic c2NyYXBlcjpvcGVuLXNlc2FtZQ=="))
                // What is behind the tunnel never learns the proxy's password.
                #expect(server.requests.last?.line.hasPrefix("GET /v2/state ") == true)
                #expect(server.requests.last?.has("proxy-authorization") == false)
            }
        }
    }

    @Test func `behind the tunnel a certificate for another name is refused`() async throws {
        try await ScriptedServer.with(host: "127.0.0.3", Self.tunnel) { server in
            let proxy = proxied(server)
            try await TransportTests.withTransport({
                $0.authorities = authorities
                $0.proxy = proxy
            }) { transport, _ in
                let request = TransportTests.request("https://functiongraph.cn-south-1.example")
                let failure = await TransportTests.failure(transport, request)
                #expect(failure?.reason == .tls)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test func `http goes through the proxy's tunnel too`() async throws {
        try await ScriptedServer.with({
            [.send($0.line.hasPrefix("CONNECT ") ? "HTTP/1.1 200 Connection established\r\n\r\n" : Self.answer)]
        }) { server in
            let proxy = proxied(server)
            try await TransportTests.withTransport({ $0.proxy = proxy }) { transport, _ in
                let response = try await transport.send(TransportTests.request("http://iam.example"))
                #expect(response.status == 200)
                #expect(
                    server.requests.map { $0.line.prefix { $0 != "H" } } == [
                        "CONNECT iam.example:80 ", "GET /v2/state ",
                    ])
            }
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", FailureReason.connect),
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", .connect),
        ("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", .connect), ("", .timeout),
    ])
    func `a proxy that opens no tunnel has its reason`(answer: String, reason: FailureReason) async throws {
        try await ScriptedServer.with({ _ in answer.isEmpty ? [] : [.send(answer)] }) { server in
            let proxy = proxied(server, user: "scraper:open-sesame@")
            try await TransportTests.withTransport({ $0.proxy = proxy }) { transport, _ in
                let request = TransportTests.request(
                    "https://functiongraph.example", timeout: reason == .timeout ? .milliseconds(300) : .seconds(20))
                let failure = await TransportTests.failure(transport, request)
                #expect(failure?.reason == reason)
                #expect(failure?.message.contains("open-sesame") == false)
                #expect("\(transport)".contains("open-sesame") == false)
            }
        }
    }

    @Test func `a proxy that is away is a failure to connect`() async throws {
        let closed = try ClosedPort()
        let proxy = ProxySettings(url: "http://127.0.0.1:\(closed.port)", noProxy: [])
        try await TransportTests.withTransport({ $0.proxy = proxy }) { transport, _ in
            let failure = await TransportTests.failure(
                transport, TransportTests.request("https://functiongraph.example"))
            #expect(failure?.reason == .connect)
        }
    }

    @Test func `no_proxy and the metadata service go straight, also on loopback`() async throws {
        try await ScriptedServer.with({ _ in [.send(Self.answer)] }) { proxyServer in
            try await ScriptedServer.with({ _ in [.send(Self.answer)] }) { target in
                let proxy = proxied(proxyServer, noProxy: [".internal", "x", "127.0.0.0/8"])
                try await TransportTests.withTransport({ $0.proxy = proxy }) { transport, _ in
                    _ = try await transport.send(TransportTests.request(target.url))
                    var metadata = TransportTests.request("http://192.0.2.1", timeout: .milliseconds(100))
                    metadata.usesProxy = false
                    _ = await TransportTests.failure(transport, metadata)
                    let name = String(repeating: "x", count: 70) + ".internal"
                    let direct = await TransportTests.failure(transport, TransportTests.request("http://\(name)"))
                    #expect(direct?.reason == .dns)
                    #expect(target.requests.count == 1)
                    #expect(proxyServer.requests.isEmpty)
                }
            }
        }
    }
}

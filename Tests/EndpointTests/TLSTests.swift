import NIOCore
import NIOSSL
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    typealias Certificates = TestCertificates

    private static let get = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static func inputs(_ change: (inout WebTLSInputs) -> Void = { _ in }) -> WebTLSInputs {
        var inputs = WebTLSInputs(certificate: .text(Certificates.server), key: .text(Certificates.serverKey))
        change(&inputs)
        return inputs
    }

    /// A client that trusts our authority and, if told so, shows a certificate.
    private static func client(
        _ identity: (String, String)? = nil, _ change: (inout TLSConfiguration) -> Void = { _ in }
    ) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(Certificates.authority.utf8)))
        if let identity {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(identity.0.utf8)).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(identity.1.utf8), format: .pem))
        }
        change(&configuration)
        return configuration
    }

    /// The status of an answer, or nil where the connection was closed instead.
    private static func status(_ server: TestServer, _ configuration: TLSConfiguration) async throws -> Int? {
        let client = try await RawClient.connect(server.port, tls: configuration)
        try? await client.send(get)
        let status = try? await client.readAnswer().status
        await client.close()
        return status
    }

    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func `both versions are spoken, and nothing older`(_ version: TLSVersion) async throws {
        let configuration = try Self.client { ($0.minimumTLSVersion, $0.maximumTLSVersion) = (version, version) }
        let old = try Self.client { ($0.minimumTLSVersion, $0.maximumTLSVersion) = (.tlsv1, .tlsv11) }
        try await TestServer.run(security: WebSecurity.make(tls: Self.inputs())) { server in
            let good = try await Self.status(server, configuration)
            let bad = try await Self.status(server, old)
            #expect(good == 200)
            #expect(bad == nil)
        }
    }

    @Test func `the oldest version can be raised`() async throws {
        let only12 = try Self.client { $0.maximumTLSVersion = .tlsv12 }
        let security = try WebSecurity.make(tls: Self.inputs { $0.minimumVersion = .tls13 })
        try await TestServer.run(security: security) { server in
            let refused = try await Self.status(server, only12)
            let served = try await Self.status(server, Self.client())
            #expect(refused == nil)
            #expect(served == 200)
        }
    }

    @Test func `only the named cipher suites are used`() async throws {
        let inputs = Self.inputs {
            $0.maximumVersion = .tls12
            $0.cipherSuites = ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]
        }
        let other = try Self.client { $0.cipherSuiteValues = [.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256] }
        let same = try Self.client { $0.cipherSuiteValues = [.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384] }
        try await TestServer.run(security: WebSecurity.make(tls: inputs)) { server in
            let refused = try await Self.status(server, other)
            let served = try await Self.status(server, same)
            #expect(refused == nil)
            #expect(served == 200)
        }
    }

    struct Visit: Sendable, CustomTestStringConvertible {
        let policy: ClientCertificatePolicy
        /// What is answered to no certificate, one of our authority's, and a stranger's.
        let none, ours, strange: Bool

        var testDescription: String { policy.rawValue }
    }

    static let visits = [
        Visit(policy: .noClientCert, none: true, ours: true, strange: true),
        Visit(policy: .requestClientCert, none: true, ours: true, strange: true),
        Visit(policy: .requireAnyClientCert, none: false, ours: true, strange: true),
        Visit(policy: .verifyClientCertIfGiven, none: true, ours: true, strange: false),
        Visit(policy: .requireAndVerifyClientCert, none: false, ours: true, strange: false),
    ]

    @Test(arguments: visits)
    func `a client's certificate is asked for as Go would`(_ visit: Visit) async throws {
        let security = try WebSecurity.make(
            tls: Self.inputs {
                $0.clientCertificates = visit.policy
                if visit.policy != .noClientCert { $0.clientCA = .text(Certificates.authority) }
            })
        let ours = try Self.client((Certificates.client, Certificates.clientKey))
        let strange = try Self.client((Certificates.stranger, Certificates.strangerKey))
        let responder = TestResponder()
        try await TestServer.run(responder, security: security) { server in
            let statuses = [
                try await Self.status(server, Self.client()), try await Self.status(server, ours),
                try await Self.status(server, strange),
            ]
            #expect(statuses == [visit.none, visit.ours, visit.strange].map { $0 ? 200 : nil })
            #expect(responder.requests.count == statuses.compactMap { $0 }.count)
        }
    }

    static let names: [([String], Bool)] = [
        (["scraper.example"], true), (["192.0.2.7"], true), (["ops@example.org"], true),
        (["spiffe://example/scraper"], true), (["other", "scraper.example"], true), (["SCRAPER.example"], false),
        (["*.example"], false), (["client"], false), (["192.0.2.70"], false),
    ]

    @Test(arguments: names, [ClientCertificatePolicy.requireAnyClientCert, .requireAndVerifyClientCert])
    func `only a certificate with an allowed name gets in`(
        _ names: ([String], Bool), _ policy: ClientCertificatePolicy
    ) async throws {
        let security = try WebSecurity.make(
            tls: Self.inputs {
                $0.clientCertificates = policy
                $0.clientCA = .text(Certificates.authority)
                $0.allowedSANs = names.0
            })
        let responder = TestResponder()
        try await TestServer.run(responder, security: security) { server in
            let status = try await Self.status(server, Self.client((Certificates.client, Certificates.clientKey)))
            #expect(status == (names.1 ? 200 : nil))
            #expect(responder.requests.count == (names.1 ? 1 : 0))
        }
    }

    @Test func `a new certificate counts for new connections, and old ones live on`() async throws {
        let old = try WebSecurity.make(tls: Self.inputs())
        let new = try WebSecurity.make(
            tls: WebTLSInputs(certificate: .text(Certificates.stranger), key: .text(Certificates.strangerKey)))
        let trustsNewOnly = try Self.client {
            $0.trustRoots = .certificates(
                (try? NIOSSLCertificate.fromPEMBytes(Array(Certificates.stranger.utf8))) ?? [])
            $0.certificateVerification = .noHostnameVerification
        }
        try await TestServer.run(security: old) { server in
            let early = try await RawClient.connect(server.port, tls: Self.client())
            try await early.send(Self.get)
            #expect(try await early.readAnswer().status == 200)
            #expect(try await Self.status(server, trustsNewOnly) == nil)
            server.server.replaceSecurity(new)
            #expect(try await Self.status(server, trustsNewOnly) == 200)
            #expect(try await Self.status(server, Self.client()) == nil)
            try await early.send(Self.get)
            #expect(try await early.readAnswer().status == 200)
        }
    }

    @Test func `plain HTTP and garbage get nothing from a TLS listener, and it goes on`() async throws {
        let responder = TestResponder()
        try await TestServer.run(responder, security: WebSecurity.make(tls: Self.inputs())) { server in
            for bytes in [Self.get, "\u{16}\u{03}\u{01}\0\u{05}hello", "\0\0\0\0"] {
                let client = try await RawClient.connect(server.port)
                try await client.send(bytes)
                try? await client.sendEnd()
                #expect(!(await client.readToEnd()).contains("200"))
            }
            #expect(try await Self.status(server, Self.client()) == 200)
            #expect(responder.requests.count == 1)
        }
    }

    @Test func `a handshake that does not come is cut off`() async throws {
        var limits = WebLimits()
        limits.opening = .milliseconds(50)
        try await TestServer.run(limits: limits, security: WebSecurity.make(tls: Self.inputs())) { server in
            let client = try await RawClient.connect(server.port)
            let end = await client.readToEnd()
            #expect(end == "")
        }
    }

    @Test func `a refusal reaches its client over TLS too, and so does a stream`() async throws {
        let responder = TestResponder { _ in
            let pieces = PieceCounter(30)
            return WebResponse(
                status: 200, body: .stream { pieces.next().map { [UInt8](repeating: $0, count: 100_000) } })
        }
        try await TestServer.run(responder, security: WebSecurity.make(tls: Self.inputs())) { server in
            let client = try await RawClient.connect(server.port, tls: Self.client())
            try await client.send(Self.get + "GET / HTTP/1.1\r\nHost : a\r\n\r\n")
            #expect(try await client.readAnswer().body.count == 3_000_000)
            #expect(statuses(in: await client.readToEnd()) == [400])
        }
    }
}

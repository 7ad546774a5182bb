import Testing

@testable import Endpoint

struct WebSecurityTests {
    typealias Certificates = TestCertificates

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let field: String
        let inputs: WebTLSInputs

        init(_ name: String, _ field: String, _ change: (inout WebTLSInputs) -> Void) {
            var inputs = WebTLSInputs(certificate: .text(Certificates.server), key: .text(Certificates.serverKey))
            change(&inputs)
            (self.name, self.field, self.inputs) = (name, field, inputs)
        }

        var testDescription: String { name }
    }

    static let faults = [
        Fault("no such file", "cert_file") { $0.certificate = .file("/nonexistent/server.crt") },
        Fault("a directory", "key_file") { $0.key = .file("/") },
        Fault("an endless file", "cert_file") { $0.certificate = .file("/dev/zero") },
        Fault("no certificate", "cert") { $0.certificate = .text("nothing") },
        Fault("a key for a certificate", "cert") { $0.certificate = .text(Certificates.serverKey) },
        Fault("a certificate for a key", "key") { $0.key = .text(Certificates.server) },
        Fault("another's key", "tls_server_config") { $0.key = .text(Certificates.clientKey) },
        Fault("an authority that nobody asks for", "client_ca") { $0.clientCA = .text(Certificates.authority) },
        Fault("an authority that is none", "client_ca") {
            ($0.clientCA, $0.clientCertificates) = (.text(""), .requireAndVerifyClientCert)
        },
        Fault("versions the wrong way round", "max_version") {
            ($0.minimumVersion, $0.maximumVersion) = (.tls13, .tls12)
        },
        Fault("a cipher suite that nobody knows", "cipher_suites") { $0.cipherSuites = ["TLS_INVENTED"] },
        Fault("suites of a version that is ruled out", "cipher_suites") {
            ($0.cipherSuites, $0.maximumVersion) = (["TLS_AES_128_GCM_SHA256"], .tls12)
        },
    ]

    @Test(arguments: faults)
    func `what cannot be used is refused by its field, and shows no secret`(_ fault: Fault) {
        let thrown = #expect(throws: WebSecurityFault.self) { try WebSecurity.make(tls: fault.inputs) }
        #expect(thrown?.field == fault.field)
        #expect(thrown?.description.contains("PRIVATE") == false)
        #expect(thrown?.description.contains("\n") == false)
        #expect(thrown?.isFileFault == (["no such file", "a directory", "an endless file"].contains(fault.name)))
    }

    static let suites = [
        ["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"], ["TLS_CHACHA20_POLY1305_SHA256"],
        Array(CipherSuites.all.keys),
    ]

    @Test(arguments: suites)
    func `cipher suites by Go's names are accepted`(_ names: [String]) throws {
        var inputs = WebTLSInputs(certificate: .text(Certificates.server), key: .text(Certificates.serverKey))
        inputs.cipherSuites = names
        #expect(try WebSecurity.make(tls: inputs).isEncrypted)
    }

    static let policies: [(String, ClientCertificatePolicy?)] = [
        ("", .noClientCert), ("NoClientCert", .noClientCert), ("RequestClientCert", .requestClientCert),
        ("RequireClientCert", .requireAnyClientCert), ("RequireAnyClientCert", .requireAnyClientCert),
        ("VerifyClientCertIfGiven", .verifyClientCertIfGiven),
        ("RequireAndVerifyClientCert", .requireAndVerifyClientCert), ("requireAnyClientCert", nil), ("yes", nil),
    ]

    @Test(arguments: policies)
    func `client authentication is named as in Go`(_ name: String, _ policy: ClientCertificatePolicy?) {
        #expect(ClientCertificatePolicy(name: name) == policy)
    }

    static let hashes = [
        "", "plain", "$2y$15$" + String(repeating: "a", count: 53), "$2x$10$" + String(repeating: "a", count: 53),
    ]

    @Test(arguments: hashes)
    func `a password that is no affordable bcrypt hash is refused, and not shown`(_ hash: String) {
        let thrown = #expect(throws: WebSecurityFault.self) { try WebSecurity.make(tls: nil, users: ["alice": hash]) }
        #expect(thrown?.field == "basic_auth_users")
        #expect(thrown?.message.contains("alice") == true)
        if !hash.isEmpty { #expect(thrown?.message.contains(hash) == false) }
    }

    @Test func `a header that would split an answer is refused`() {
        #expect(throws: WebSecurityFault.self) {
            try WebSecurity.make(tls: nil, headers: ["X-Frame-Options": "a\r\nb: c"])
        }
        #expect(throws: WebSecurityFault.self) { try WebSecurity.make(tls: nil, headers: ["X Frame": "a"]) }
    }

    @Test func `headers go with every answer, but for those it brings itself`() async throws {
        let security = try WebSecurity.make(
            tls: nil,
            headers: [
                "X-Frame-Options": "deny", "Content-Security-Policy": "default-src 'self'", "X-XSS-Protection": "",
            ])
        let responder = TestResponder { _ in
            .text(200, "", headers: [("content-security-policy", "default-src 'none'")])
        }
        try await TestServer.run(responder, security: security) { server in
            let page = try await server.get("/")
            #expect(page.field("X-Frame-Options") == "deny")
            #expect(page.field("Content-Security-Policy") == "default-src 'none'")
            #expect(page.field("X-XSS-Protection") == nil)
            let missing = try await server.get("/nope")
            #expect(missing.field("Content-Security-Policy") == "default-src 'self'")
        }
    }
}

internal import NIOCore
internal import NIOSSL

/// The server's side of TLS, ready for connections.
struct TLSServer: Sendable {
    private let context: NIOSSLContext
    private let policy: ClientCertificatePolicy
    private let allowedSANs: Set<String>

    init(_ inputs: WebTLSInputs) throws(WebSecurityFault) {
        let chain = try PEMReader.certificates(inputs.certificate, field: PEMReader.field("cert", inputs.certificate))
        let key = try PEMReader.key(inputs.key, field: PEMReader.field("key", inputs.key))
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.applicationProtocols = ["http/1.1"]
        // A client that does not answer our goodbye is not waited for long.
        configuration.shutdownTimeout = .seconds(1)
        try Self.setVersions(inputs, &configuration)
        try Self.setClientCertificates(inputs, &configuration)
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            // BoringSSL's own words name queues and lines; what is wrong here is one of few things.
            throw WebSecurityFault("tls_server_config", "certificate, key and cipher suites do not fit together")
        }
        policy = inputs.clientCertificates
        allowedSANs = Set(inputs.allowedSANs)
    }

    /// What is wrong with each of the certificates and keys by itself.
    static func faults(of inputs: WebTLSInputs) -> [WebSecurityFault] {
        var faults: [WebSecurityFault] = []
        func look(_ part: () throws(WebSecurityFault) -> Void) {
            do throws(WebSecurityFault) { try part() } catch { faults.append(error) }
        }
        look { () throws(WebSecurityFault) in
            _ = try PEMReader.certificates(inputs.certificate, field: PEMReader.field("cert", inputs.certificate))
        }
        look { () throws(WebSecurityFault) in
            _ = try PEMReader.key(inputs.key, field: PEMReader.field("key", inputs.key))
        }
        if let authority = inputs.clientCA {
            look { () throws(WebSecurityFault) in
                _ = try PEMReader.certificates(authority, field: PEMReader.field("client_ca", authority))
            }
        }
        return faults
    }

    private static func setVersions(
        _ inputs: WebTLSInputs, _ configuration: inout TLSConfiguration
    ) throws(WebSecurityFault) {
        guard inputs.minimumVersion <= inputs.maximumVersion else {
            throw WebSecurityFault("max_version", "older than min_version")
        }
        configuration.minimumTLSVersion = inputs.minimumVersion.nio
        configuration.maximumTLSVersion = inputs.maximumVersion.nio
        guard !inputs.cipherSuites.isEmpty else { return }
        var suites: [NIOTLSCipher] = []
        for name in inputs.cipherSuites {
            guard let suite = CipherSuites.all[name] else {
                throw WebSecurityFault("cipher_suites", "unknown cipher suite '\(name.prefix(64))'")
            }
            if suite.rawValue >> 8 != CipherSuites.versionThreePrefix { suites.append(suite) }
        }
        if suites.isEmpty {
            guard inputs.maximumVersion == .tls13 else {
                throw WebSecurityFault("cipher_suites", "only suites of TLS 1.3, which max_version rules out")
            }
            configuration.minimumTLSVersion = .tlsv13
        } else {
            configuration.cipherSuiteValues = suites
        }
    }

    private static func setClientCertificates(
        _ inputs: WebTLSInputs, _ configuration: inout TLSConfiguration
    ) throws(WebSecurityFault) {
        if let authority = inputs.clientCA {
            let field = PEMReader.field("client_ca", authority)
            let certificates = try PEMReader.certificates(authority, field: field)
            guard inputs.clientCertificates != .noClientCert else {
                throw WebSecurityFault(field, "needs a client_auth_type that asks for certificates")
            }
            configuration.trustRoots = .certificates(certificates)
            configuration.sendCANameList = true
        }
        switch inputs.clientCertificates {
        case .noClientCert: configuration.certificateVerification = .none
        case .requestClientCert, .verifyClientCertIfGiven: configuration.certificateVerification = .optionalVerification
        case .requireAnyClientCert, .requireAndVerifyClientCert:
            configuration.certificateVerification = .noHostnameVerification
        }
    }

    /// A handler for one connection.
    func makeHandler() -> NIOSSLServerHandler {
        let allowed = allowedSANs
        switch policy {
        case .noClientCert: return NIOSSLServerHandler(context: context)
        case .requestClientCert, .requireAnyClientCert:
            return NIOSSLServerHandler(context: context) { certificates, promise in
                let isAllowed = certificates.first.map { SubjectAlternativeNames.allow($0, allowed) } ?? true
                promise.succeed(isAllowed ? .certificateVerified : .failed)
            }
        case .verifyClientCertIfGiven, .requireAndVerifyClientCert:
            guard !allowed.isEmpty else { return NIOSSLServerHandler(context: context) }
            return NIOSSLServerHandler._makeSSLServerHandler(context: context) { certificate, channel in
                guard SubjectAlternativeNames.allow(certificate, allowed) else {
                    return channel.eventLoop.makeFailedFuture(
                        WebSecurityFault("client_allowed_sans", "the client's certificate has none of them"))
                }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
        }
    }
}

import Endpoint
import FunctionGraph
import Settings

extension WebSecurity {
    /// What `--web.config.file` asks for. Blocking: reads certificates.
    static func make(_ web: WebConfiguration) throws(WebSecurityFault) -> WebSecurity {
        try make(
            tls: inputs(web), headers: web.headers, users: web.verifiableUsers,
            rateLimit: web.rateLimit.map { RequestRate(interval: $0.interval, burst: $0.burst) })
    }

    /// What the listener's TLS is made of; nil: plain HTTP.
    static func inputs(_ web: WebConfiguration) -> WebTLSInputs? {
        var inputs: WebTLSInputs?
        if let tls = web.tls,
            let certificate = PEMSource(file: tls.certFile, text: tls.certText),
            let key = PEMSource(file: tls.keyFile, text: tls.keyText?.reveal())
        {
            var made = WebTLSInputs(certificate: certificate, key: key)
            made.clientCA = PEMSource(file: tls.clientCAFile, text: tls.clientCAText)
            made.clientCertificates = ClientCertificatePolicy(tls.clientAuthType)
            // An empty list allows nobody, none at all allows everybody; no certificate has an empty name.
            made.allowedSANs = tls.allowedSANs.map { $0.isEmpty ? [""] : $0 } ?? []
            made.minimumVersion = WebTLSVersion(tls.minVersion)
            made.maximumVersion = WebTLSVersion(tls.maxVersion)
            made.cipherSuites = tls.cipherSuites
            inputs = made
        }
        return inputs
    }
}

extension PEMSource {
    /// A file or the text itself; `nil` where the configuration gives neither.
    fileprivate init?(file: String?, text: String?) {
        if let file {
            self = .file(file)
        } else if let text {
            self = .text(text)
        } else {
            return nil
        }
    }
}

extension ClientCertificatePolicy {
    fileprivate init(_ type: WebClientAuthType) {
        self =
            switch type {
            case .noClientCert: .noClientCert
            case .requestClientCert: .requestClientCert
            case .requireAnyClientCert: .requireAnyClientCert
            case .verifyClientCertIfGiven: .verifyClientCertIfGiven
            case .requireAndVerifyClientCert: .requireAndVerifyClientCert
            }
    }
}

extension WebTLSVersion {
    fileprivate init(_ version: TLSVersion) {
        self =
            switch version {
            case .tls10: .tls10
            case .tls11: .tls11
            case .tls12: .tls12
            case .tls13: .tls13
            }
    }
}

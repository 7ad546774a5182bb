/// What a TLS listener is made of: `tls_server_config` of exporter-toolkit's web configuration.
public struct WebTLSInputs: Sendable {
    /// The server's certificate and those between it and the root.
    public var certificate: PEMSource
    /// The key of the first certificate.
    public var key: PEMSource
    /// What clients' certificates must be signed by; the system's roots where there is none.
    public var clientCA: PEMSource?
    /// What is asked of clients.
    public var clientCertificates: ClientCertificatePolicy = .noClientCert
    /// If there are any, a client's certificate must have one of them: a DNS name, an e-mail address, an IP address or
    /// a URI, compared letter by letter.
    public var allowedSANs: [String] = []
    /// The oldest version that is spoken.
    public var minimumVersion: WebTLSVersion = .tls12
    /// The newest version that is spoken.
    public var maximumVersion: WebTLSVersion = .tls13
    /// Go's names of cipher suites for versions up to 1.2; empty for the defaults. Those of 1.3 are accepted and
    /// without effect, as in Go: there they cannot be chosen.
    public var cipherSuites: [String] = []

    /// - Parameters:
    ///   - certificate: the server's chain, its own first.
    ///   - key: the key of the first certificate.
    public init(certificate: PEMSource, key: PEMSource) {
        self.certificate = certificate
        self.key = key
    }
}

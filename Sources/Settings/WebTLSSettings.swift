public import FunctionGraph

/// `tls_server_config` of a web configuration. Paths are relative to the process as the configuration's own is.
public struct WebTLSSettings: Sendable, Equatable {
    /// PEM file with the certificate chain; goes before `certText`.
    public var certFile: String?
    /// PEM text with the certificate chain.
    public var certText: String?
    /// PEM file with the private key; goes before `keyText`.
    public var keyFile: String?
    /// PEM text with the private key.
    public var keyText: Secret?
    /// PEM file with the authorities that sign clients' certificates; goes before `clientCAText`. Neither: the
    /// system's authorities.
    public var clientCAFile: String?
    /// PEM text with the authorities that sign clients' certificates.
    public var clientCAText: String?
    /// What is asked of clients.
    public var clientAuthType: WebClientAuthType = .noClientCert
    /// A client's certificate must have one of these as DNS name, e-mail address, IP address or URI; nil: any will do.
    public var allowedSANs: [String]?
    /// The oldest version spoken.
    public var minVersion: TLSVersion = .tls12
    /// The newest version spoken.
    public var maxVersion: TLSVersion = .tls13
    /// Cipher suites up to TLS 1.2 by Go's names, in order of preference; empty: the defaults.
    public var cipherSuites: [String] = []
    /// Whether the server's order of suites counts.
    public var preferServerCipherSuites: Bool = true
    /// Accepted and without effect.
    public var curvePreferences: [String] = []

    /// The defaults, without a certificate.
    public init() {}
}

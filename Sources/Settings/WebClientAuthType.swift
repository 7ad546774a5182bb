/// What a server asks of its clients: the five of Go's `crypto/tls.ClientAuthType`.
public enum WebClientAuthType: String, Sendable, CaseIterable {
    /// No certificate is asked for.
    case noClientCert = "NoClientCert"
    /// One is asked for, none need be sent, and none is verified.
    case requestClientCert = "RequestClientCert"
    /// One must be sent; it is not verified.
    case requireAnyClientCert = "RequireAnyClientCert"
    /// One that is sent is verified.
    case verifyClientCertIfGiven = "VerifyClientCertIfGiven"
    /// One must be sent and is verified.
    case requireAndVerifyClientCert = "RequireAndVerifyClientCert"
}

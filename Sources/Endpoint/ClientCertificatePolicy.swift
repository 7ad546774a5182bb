/// What is asked of a client's certificate. The names are those of Go's `tls.ClientAuthType`, as in exporter-toolkit.
public enum ClientCertificatePolicy: String, Sendable, CaseIterable {
    /// None is asked for.
    case noClientCert = "NoClientCert"
    /// Asked for; none and any will do.
    case requestClientCert = "RequestClientCert"
    /// One must be given; any will do.
    case requireAnyClientCert = "RequireAnyClientCert"
    /// One that is given must be signed by the client CA.
    case verifyClientCertIfGiven = "VerifyClientCertIfGiven"
    /// One must be given and be signed by the client CA.
    case requireAndVerifyClientCert = "RequireAndVerifyClientCert"

    /// Reads a name; `RequireClientCert` is exporter-toolkit's old word for `RequireAnyClientCert`, and an empty one
    /// stands for `NoClientCert`.
    public init?(name: String) {
        switch name {
        case "": self = .noClientCert
        case "RequireClientCert": self = .requireAnyClientCert
        default: self.init(rawValue: name)
        }
    }
}

internal import NIOSSL

/// A version of TLS, named as in exporter-toolkit's web configuration.
public enum WebTLSVersion: String, Sendable, CaseIterable, Comparable {
    /// TLS 1.0; only for clients that cannot do better.
    case tls10 = "TLS10"
    /// TLS 1.1; only for clients that cannot do better.
    case tls11 = "TLS11"
    /// TLS 1.2.
    case tls12 = "TLS12"
    /// TLS 1.3.
    case tls13 = "TLS13"

    /// Older before newer.
    public static func < (one: WebTLSVersion, other: WebTLSVersion) -> Bool { one.rawValue < other.rawValue }

    var nio: TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}

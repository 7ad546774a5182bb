/// Versions of TLS, as exporter-toolkit and Prometheus write them.
public enum TLSVersion: String, Sendable, CaseIterable, Comparable {
    /// TLS 1.0; only in a web configuration.
    case tls10 = "TLS10"
    /// TLS 1.1; only in a web configuration.
    case tls11 = "TLS11"
    /// TLS 1.2.
    case tls12 = "TLS12"
    /// TLS 1.3.
    case tls13 = "TLS13"

    /// Older before newer.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }
}

/// TLS towards the cloud. Verification is never off.
public struct TLSSettings: Sendable, Equatable {
    /// Absolute path of a PEM file whose certificates are trusted besides the system's roots.
    public var caFile: String?
    /// The oldest version that is spoken: TLS 1.2 or 1.3.
    public var minimumVersion: TLSVersion = .tls12

    /// The defaults.
    public init() {}
}

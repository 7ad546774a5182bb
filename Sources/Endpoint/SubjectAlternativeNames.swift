internal import NIOSSL

/// The names in a client's certificate, as exporter-toolkit's `client_allowed_sans` compares them.
enum SubjectAlternativeNames {
    /// Whether one of the names is allowed; any certificate is where none is asked for.
    static func allow(_ certificate: NIOSSLCertificate, _ allowed: Set<String>) -> Bool {
        allowed.isEmpty || names(of: certificate).contains { allowed.contains($0) }
    }

    static func names(of certificate: NIOSSLCertificate) -> [String] {
        certificate._subjectAlternativeNames().compactMap { name in
            switch name.nameType {
            case .dnsName, .email, .uri:
                unsafe name.contents.withUnsafeBufferPointer { unsafe String(validating: $0, as: UTF8.self) }
            case .ipAddress:
                unsafe name.contents.withUnsafeBufferPointer { unsafe IPText.text(Array($0)) }
            default: nil
            }
        }
    }
}

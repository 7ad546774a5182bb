internal import NIOSSL

/// Reads certificates and keys with faults that name the field and the file, never what is in it.
enum PEMReader {
    /// The field's name in exporter-toolkit's schema: `cert` holds the text, `cert_file` a path.
    static func field(_ name: String, _ source: PEMSource) -> String {
        if case .file = source { name + "_file" } else { name }
    }

    static func certificates(_ source: PEMSource, field: String) throws(WebSecurityFault) -> [NIOSSLCertificate] {
        let bytes = try bytes(of: source, field: field)
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw WebSecurityFault(field, "\(place(source)) holds no certificate in PEM form")
        }
        return certificates
    }

    static func key(_ source: PEMSource, field: String) throws(WebSecurityFault) -> NIOSSLPrivateKey {
        let bytes = try bytes(of: source, field: field)
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw WebSecurityFault(field, "\(place(source)) holds no private key in PEM form without a passphrase")
        }
        return key
    }

    private static func place(_ source: PEMSource) -> String {
        if case .file(let path) = source { "'\(path)'" } else { "the text" }
    }

    private static func bytes(of source: PEMSource, field: String) throws(WebSecurityFault) -> [UInt8] {
        switch source {
        case .text(let text): return Array(text.utf8)
        case .file(let path):
            do {
                return try SmallFile.read(path)
            } catch {
                throw WebSecurityFault(field, "cannot read '\(path)': \(error.reason)", isFileFault: true)
            }
        }
    }
}

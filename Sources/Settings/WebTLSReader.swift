import FunctionGraph
import YAML

/// Reads `tls_server_config` of a web configuration.
struct WebTLSReader {
    let reading: Reading
    private var faults: FaultCollector { reading.faults }

    /// The cipher suites of Go's `tls.CipherSuites()`, which are those that it thinks secure.
    static let cipherSuites = [
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    ]
    private static let curves = ["CurveP256", "CurveP384", "CurveP521", "X25519"]
    private static let http2CipherSuites = [
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    ]

    /// Nil if none of the settings that switch TLS on is there, as in exporter-toolkit.
    func read(_ node: Node, http2: Bool) -> WebTLSSettings? {
        guard var keys = node.mapping(faults, "tls_server_config") else { return nil }
        var settings = WebTLSSettings()
        reading.webMarks["tls_server_config"] = node.mark
        for entry in keys.entries { reading.webMarks[entry.key] = entry.value.mark }
        settings.certFile = path(text(keys.take("cert_file"), "cert_file"))
        settings.certText = text(keys.take("cert"), "cert")
        settings.keyFile = path(text(keys.take("key_file"), "key_file"))
        settings.keyText = text(keys.take("key"), "key").map { Secret($0) }
        settings.clientCAFile = path(text(keys.take("client_ca_file"), "client_ca_file"))
        settings.clientCAText = text(keys.take("client_ca"), "client_ca")
        let authNode = WebConfigurationReader.value(keys.take("client_auth_type"))
        let hasAuth = clientAuth(authNode, &settings)
        if let node = WebConfigurationReader.value(keys.take("client_allowed_sans")) {
            settings.allowedSANs = (node.list(faults, "client_allowed_sans") ?? []).compactMap {
                $0.text(faults, "client_allowed_sans")
            }
        }
        versions(&keys, &settings)
        let ciphersNode = WebConfigurationReader.value(keys.take("cipher_suites"))
        settings.cipherSuites = names(ciphersNode, "cipher_suites", Self.cipherSuites)
        if let node = WebConfigurationReader.value(keys.take("prefer_server_cipher_suites")),
            let value = WebConfigurationReader.boolean(node, "prefer_server_cipher_suites", faults)
        {
            settings.preferServerCipherSuites = value
        }
        if let node = WebConfigurationReader.value(keys.take("curve_preferences")) {
            settings.curvePreferences = names(node, "curve_preferences", Self.curves)
            reading.warn("curve_preferences has no effect", at: node.mark)
        }
        keys.finish()
        let hasKeys = settings.keyFile != nil || settings.keyText != nil
        let hasCertificates = settings.certFile != nil || settings.certText != nil
        let hasCA = settings.clientCAFile != nil || settings.clientCAText != nil
        guard hasKeys || hasCertificates || hasCA || hasAuth else { return missing(node) }
        if !hasCertificates { faults.report("tls_server_config: expected cert_file or cert", at: node.mark) }
        if !hasKeys { faults.report("tls_server_config: expected key_file or key", at: node.mark) }
        checkHTTP2(settings, http2: http2, ciphersNode)
        checkClients(settings, hasCA: hasCA, authNode?.mark ?? node.mark)
        return settings
    }

    /// Settings without a certificate: exporter-toolkit takes them for no TLS, and so do we, but not in silence.
    private func missing(_ node: Node) -> WebTLSSettings? {
        reading.warn("tls_server_config without cert_file and key_file: plain HTTP is spoken", at: node.mark)
        return nil
    }

    /// Whether the key says anything, right or wrong.
    private func clientAuth(_ node: Node?, _ settings: inout WebTLSSettings) -> Bool {
        guard let node, let text = node.text(faults, "client_auth_type"), !text.isEmpty else { return false }
        // The older name of RequireAnyClientCert.
        let name = text == "RequireClientCert" ? WebClientAuthType.requireAnyClientCert.rawValue : text
        if let type = WebClientAuthType(rawValue: name) {
            settings.clientAuthType = type
        } else {
            let known = WebClientAuthType.allCases.map(\.rawValue)
            let near = NearMatch.find(text, in: known).map { ", did you mean '\($0)'?" }
            let other = near ?? ", expected one of \(known.joined(separator: ", "))"
            faults.report("client_auth_type: unknown type \(Quoted.text(text))\(other)", at: node.mark)
        }
        return true
    }

    private func versions(_ keys: inout MappingReader, _ settings: inout WebTLSSettings) {
        let minNode = WebConfigurationReader.value(keys.take("min_version"))
        let maxNode = WebConfigurationReader.value(keys.take("max_version"))
        settings.minVersion = version(minNode, "min_version") ?? .tls12
        settings.maxVersion = version(maxNode, "max_version") ?? .tls13
        if settings.minVersion > settings.maxVersion, let node = minNode ?? maxNode {
            faults.report(
                "min_version: expected at most the max_version \(settings.maxVersion.rawValue),"
                    + " found \(settings.minVersion.rawValue)",
                at: node.mark)
        }
    }

    private func version(_ node: Node?, _ what: String) -> TLSVersion? {
        guard let node, let text = node.text(faults, what) else { return nil }
        if let version = TLSVersion(rawValue: text) { return version }
        let known = TLSVersion.allCases.map(\.rawValue).joined(separator: ", ")
        faults.report("\(what): expected one of \(known), found \(Quoted.text(text))", at: node.mark)
        return nil
    }

    private func checkHTTP2(_ settings: WebTLSSettings, http2: Bool, _ node: Node?) {
        // Without effect here, but a configuration that exporter-toolkit refuses is refused.
        guard http2, let node, !settings.cipherSuites.isEmpty, settings.minVersion < .tls13,
            !settings.cipherSuites.contains(where: Self.http2CipherSuites.contains)
        else { return }
        let suites = Self.http2CipherSuites.joined(separator: " or ")
        faults.report("cipher_suites: HTTP/2 needs \(suites): add one, or set http2: false", at: node.mark)
    }

    private func checkClients(_ settings: WebTLSSettings, hasCA: Bool, _ mark: Mark) {
        switch settings.clientAuthType {
        case .noClientCert where hasCA:
            faults.report(
                "client_ca_file without a client_auth_type: expected RequireAndVerifyClientCert or another", at: mark)
        case .verifyClientCertIfGiven where !hasCA, .requireAndVerifyClientCert where !hasCA:
            reading.warn("without client_ca_file any authority that the system trusts signs clients", at: mark)
        default: break
        }
    }

    private func names(_ node: Node?, _ what: String, _ known: [String]) -> [String] {
        guard let node else { return [] }
        return (node.list(faults, what) ?? []).compactMap { node in
            guard let text = node.text(faults, what) else { return nil }
            if known.contains(text) { return text }
            let near = NearMatch.find(text, in: known).map { ", did you mean '\($0)'?" }
            let other = near ?? ", expected one of \(known.joined(separator: ", "))"
            faults.report("\(what): unknown name \(Quoted.text(text))\(other)", at: node.mark)
            return nil
        }
    }

    /// A text that says something: as in exporter-toolkit an empty one is as if it were left out.
    private func text(_ node: Node?, _ what: String) -> String? {
        guard let text = WebConfigurationReader.value(node)?.text(faults, what), !text.isEmpty else { return nil }
        return text
    }

    private func path(_ text: String?) -> String? {
        text.map { FilePath.join(reading.directory, $0) }
    }
}

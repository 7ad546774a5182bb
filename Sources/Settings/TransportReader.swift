import YAML

/// Reads `tls` and `proxy`.
enum TransportReader {
    static func tls(_ node: Node?, _ reading: Reading) -> TLSSettings {
        var settings = TLSSettings()
        guard let node, !node.isMissing, var keys = node.mapping(reading.faults, "tls") else { return settings }
        if let node = keys.take("ca_file"), let path = node.text(reading.faults, "ca_file") {
            reading.authoritiesMark = node.mark
            if path.isEmpty || !Printable.isLine(path) {
                reading.faults.report("ca_file: expected the path of a file", at: node.mark)
            }
            let joined = FilePath.join(reading.directory, path)
            settings.caFile = FilePath.join(joined.hasPrefix("/") ? "" : FileReader.currentDirectory(), joined)
        }
        if let node = keys.take("min_version"), let text = node.text(reading.faults, "min_version") {
            switch TLSVersion(rawValue: text) {
            case .some(let version) where version >= .tls12: settings.minimumVersion = version
            default:
                reading.faults.report(
                    "min_version: expected TLS12 or TLS13, found \(Quoted.text(text))", at: node.mark)
            }
        }
        keys.finish()
        return settings
    }

    static func proxy(_ node: Node?, _ reading: Reading) -> ProxySettings? {
        guard let node, !node.isMissing, var keys = node.mapping(reading.faults, "proxy") else { return nil }
        var url: String?
        if let node = keys.require("url"), let text = node.text(reading.faults, "url") {
            // Not quoted: it may hold a password.
            if ProxyAddress(url: text) == nil {
                reading.faults.report(
                    "url: expected http://[USER:PASSWORD@]HOST[:PORT] (TLS to the proxy itself is not supported)",
                    at: node.mark)
            }
            url = text
        }
        var hosts: [String] = []
        if let node = keys.take("no_proxy"), !node.isMissing {
            for node in node.list(reading.faults, "no_proxy") ?? [] {
                guard let host = node.text(reading.faults, "no_proxy") else { continue }
                if host.isEmpty || !Printable.isLine(host) || host.contains(" ") || host.contains(",") {
                    reading.faults.report(
                        "no_proxy: expected a host, .domain, address or network, found \(Quoted.text(host))",
                        at: node.mark)
                }
                hosts.append(host)
            }
        }
        keys.finish()
        return url.map { ProxySettings(url: $0, noProxy: hosts) }
    }
}

public import YAML

extension LoadedConfiguration {
    /// What the unit, which runs as a user of its own, may not be able to read: files without the right to read for
    /// others, or below a directory that others may not pass. For `check`, which an administrator runs. Blocking.
    ///
    /// Looked at are the configuration, its watch files, the secrets in files, `tls.ca_file`, and `more`: the web
    /// configuration and what it names. What lies in a credentials directory is the unit's already: in the one that
    /// `CREDENTIALS_DIRECTORY` of `environment` names, or in one of systemd's system units.
    public func readabilityWarnings(environment: [String: String], more: [String] = []) -> [Fault] {
        var credentials = ["/run/credentials/"]
        if let own = environment["CREDENTIALS_DIRECTORY"], !own.isEmpty { credentials.append(own + "/") }
        /// What is wrong with a file, nil if nothing is.
        func trouble(_ path: String, named name: String) -> String? {
            guard !credentials.contains(where: { path.hasPrefix($0) }) else { return nil }
            let reason: String
            switch FileReader.obstacleForOthers(path) {
            case nil: return nil
            case .file: reason = ""
            case .directory(let directory): reason = " (the directory \(directory) is closed to them)"
            }
            return "others cannot read \(name)\(reason), and the unit runs as a user of its own"
        }
        var warnings: [Fault] = []
        for secret in secrets {
            guard case .file(let path) = secret.reference, let trouble = trouble(path, named: path) else { continue }
            let message = "\(secret.setting): \(trouble)"
            warnings.append(Fault(file: readFiles.first ?? path, mark: secret.mark, message: message))
        }
        for path in readFiles + [configuration?.tls.caFile].compactMap(\.self) + more {
            guard let trouble = trouble(path, named: "it") else { continue }
            warnings.append(Fault(file: path, mark: nil, message: trouble))
        }
        return warnings
    }
}

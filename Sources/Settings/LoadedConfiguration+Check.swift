public import YAML

extension LoadedConfiguration {
    /// What the unit, which runs as a user of its own, may not be able to read: files without the right to read for
    /// others, or below a directory that others may not pass. For `check`, which an administrator runs. Blocking.
    ///
    /// Looked at are the configuration, its watch files, the secrets in files, `tls.ca_file`, and `more`: the web
    /// configuration and what it names. What lies in a credentials directory is the unit's already: in the one that
    /// `CREDENTIALS_DIRECTORY` of `environment` names, or in one of systemd's system units.
    ///
    /// - Returns: `warnings` of secret and watch files that are closed by their own mode, and `hints`: the rest, which is as
    ///   likely to be somebody's trial in a directory of their own.
    public func readability(
        environment: [String: String], more: [String] = []
    ) -> (warnings: [Fault], hints: [Fault]) {
        var credentials = ["/run/credentials/"]
        if let own = environment["CREDENTIALS_DIRECTORY"], !own.isEmpty { credentials.append(own + "/") }
        var found: (warnings: [Fault], hints: [Fault]) = ([], [])
        func look(
            _ path: String, named name: String, for setting: String = "", at place: (file: String, mark: Mark?),
            isNamed: Bool
        ) {
            guard !credentials.contains(where: { path.hasPrefix($0) }) else { return }
            let obstacle = FileReader.obstacleForOthers(path)
            let reason: String
            switch obstacle {
            case nil: return
            case .file: reason = ""
            case .directory(let directory): reason = " (the directory \(directory) is closed to them)"
            }
            let message = "\(setting)others cannot read \(name)\(reason), and the unit runs as a user of its own"
            let fault = Fault(file: place.file, mark: place.mark, message: message)
            if isNamed, obstacle == .file { found.warnings.append(fault) } else { found.hints.append(fault) }
        }
        for secret in secrets {
            guard case .file(let path) = secret.reference else { continue }
            look(
                path, named: path, for: "\(secret.setting): ", at: (readFiles.first ?? path, secret.mark), isNamed: true
            )
        }
        for path in readFiles.dropFirst() { look(path, named: "it", at: (path, nil), isNamed: true) }
        for path in readFiles.prefix(1) + [configuration?.tls.caFile].compactMap(\.self) + more {
            look(path, named: "it", at: (path, nil), isNamed: false)
        }
        return found
    }
}

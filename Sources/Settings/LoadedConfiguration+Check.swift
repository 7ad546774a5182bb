import Glibc
public import YAML

extension LoadedConfiguration {
    /// What the unit, which runs as a user of its own, may not be able to read: secret and watch files without the
    /// right to read for others. For `check`, which an administrator runs. Blocking.
    ///
    /// What lies in the directory that `CREDENTIALS_DIRECTORY` of `environment` names is the unit's already.
    public func readabilityWarnings(environment: [String: String]) -> [Fault] {
        let credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 + "/" }
        func isHidden(_ path: String) -> Bool {
            if let credentials, path.hasPrefix(credentials) { return false }
            return FileReader.isReadableByOthers(path) == false
        }
        var warnings: [Fault] = []
        for secret in secrets {
            guard case .file(let path) = secret.reference, isHidden(path) else { continue }
            let message = "\(secret.setting): others cannot read \(path), and the unit runs as a user of its own"
            warnings.append(Fault(file: readFiles.first ?? path, mark: secret.mark, message: message))
        }
        for path in readFiles.dropFirst() where isHidden(path) {
            let message = "others cannot read it, and the unit runs as a user of its own"
            warnings.append(Fault(file: path, mark: nil, message: message))
        }
        return warnings
    }
}

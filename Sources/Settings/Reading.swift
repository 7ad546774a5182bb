import YAML

/// What gathers while one file is read: faults, warnings and the secrets it names.
final class Reading {
    let faults: FaultCollector
    /// The directory that relative paths of the file are relative to, as its user named it; "" for none.
    let directory: String
    private(set) var warnings: [Fault] = []
    private(set) var secrets: [SecretUse] = []
    /// Where `tls.ca_file` stands.
    var authoritiesMark: Mark?
    /// Where the values of `tls_server_config` of a web configuration stand, by key.
    var webMarks: [String: Mark] = [:]
    /// Where each account's `auth` stands.
    var authMarks: [String: Mark] = [:]

    init(file: String) {
        faults = FaultCollector(file: file)
        directory = FilePath.directory(of: file)
    }

    func warn(_ message: String, at mark: Mark?) {
        warnings.append(Fault(file: faults.file, mark: mark, message: message))
    }

    func use(_ secret: SecretUse) {
        secrets.append(secret)
    }

    /// All faults in the order of the text.
    var sortedFaults: [Fault] {
        faults.faults.enumerated().sorted { left, right in
            let (leftMark, rightMark) = (left.element.mark, right.element.mark)
            guard let leftMark, let rightMark, leftMark != rightMark else {
                return (leftMark == nil ? 0 : 1, left.offset) < (rightMark == nil ? 0 : 1, right.offset)
            }
            return leftMark < rightMark
        }.map(\.element)
    }
}

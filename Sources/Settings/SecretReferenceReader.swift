import YAML

/// Reads where a secret is kept. Quotes nothing of the text: where a secret was expected, one may stand.
struct SecretReferenceReader {
    let account: String
    let reading: Reading

    func read(_ node: Node?, _ setting: String) -> SecretReference? {
        guard let node else { return nil }
        guard case .mapping(let entries) = node.content, entries.count == 1, let entry = entries.first,
            ["credential", "file", "env"].contains(entry.key)
        else {
            reading.faults.report(
                "\(setting): expected {credential: NAME}, {file: PATH} or {env: NAME}, never the secret itself",
                at: node.mark)
            return nil
        }
        guard let value = entry.value.text(reading.faults, "\(setting).\(entry.key)") else { return nil }
        guard let reference = reference(entry.key, value) else {
            let expected =
                switch entry.key {
                case "credential": "the name of a credential, without '/'"
                case "file": "the path of a file"
                default: "the name of an environment variable"
                }
            reading.faults.report("\(setting).\(entry.key): expected \(expected)", at: entry.value.mark)
            return nil
        }
        reading.use(SecretUse(account: account, setting: setting, reference: reference, mark: entry.value.mark))
        return reference
    }

    private func reference(_ key: String, _ value: String) -> SecretReference? {
        guard !value.isEmpty, Printable.isLine(value) else { return nil }
        switch key {
        case "credential":
            return value.contains("/") || value == "." || value == ".." ? nil : .credential(value)
        case "file":
            let path = FilePath.join(reading.directory, value)
            return .file(FilePath.join(path.hasPrefix("/") ? "" : FileReader.currentDirectory(), path))
        default: return value.contains("=") ? nil : .env(value)
        }
    }
}

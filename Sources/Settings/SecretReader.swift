public import FunctionGraph

/// Reads secrets from where the configuration says they are. Blocking.
public struct SecretReader: Sendable {
    /// Tokens of the vendor take several KiB; nothing that is a secret is as long as this.
    private static let bytesMax = 64 * 1024
    private let environment: [String: String]

    /// A reader for the process with this environment; systemd names the credentials directory in
    /// `CREDENTIALS_DIRECTORY`.
    public init(environment: [String: String]) {
        self.environment = environment
    }

    /// The secret, without the line breaks at its end.
    public func read(_ reference: SecretReference) throws(SecretFault) -> Secret {
        switch reference {
        case .env(let name):
            guard let value = environment[name] else {
                throw SecretFault(.missing, "the environment variable \(name) is not set")
            }
            return try secret(value, "the environment variable \(name)")
        case .file(let path): return try secret(contents(path, "the file \(path)"), "the file \(path)")
        case .credential(let name):
            guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty else {
                throw SecretFault(.notCheckable, "the credential \(name) can only be seen within the unit")
            }
            let what = "the credential \(name)"
            let path = directory + "/" + name
            guard !FileReader.isDenied(path) else {
                throw SecretFault(.notCheckable, "\(what) can only be read by the unit's main process")
            }
            return try secret(contents(path, what), what)
        }
    }

    private func contents(_ path: String, _ what: String) throws(SecretFault) -> String {
        switch FileReader.read(path, bytesMax: Self.bytesMax) {
        case .failure(let failure):
            throw SecretFault(failure.isTooLarge ? .unusable : .missing, "\(what) \(failure.reason)")
        case .success(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw SecretFault(.unusable, "\(what) is not UTF-8 text")
            }
            return text
        }
    }

    private func secret(_ text: String, _ what: String) throws(SecretFault) -> Secret {
        var text = Substring(text)
        while text.last?.isNewline ?? false { text = text.dropLast() }
        guard !text.isEmpty else { throw SecretFault(.missing, "\(what) is empty") }
        // A line break within would let a secret write header fields of its own.
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw SecretFault(.unusable, "\(what) holds control characters, expected one line of text")
        }
        return Secret(String(text))
    }
}

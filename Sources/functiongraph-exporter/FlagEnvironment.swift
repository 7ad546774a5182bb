import ArgumentParser

/// Flags that come from the environment.
struct FlagEnvironment {
    private static let prefix = "FUNCTIONGRAPH_EXPORTER_"
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The variable that stands for a flag: `config.file` is `FUNCTIONGRAPH_EXPORTER_CONFIG_FILE`.
    static func variable(_ flag: String) -> String {
        prefix + flag.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }

    /// A flag's text.
    func text(_ flag: String) -> String? { environment[Self.variable(flag)] }

    /// A repeatable flag's texts.
    func list(_ flag: String) -> [String] {
        guard let text = text(flag) else { return [] }
        return text.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    }

    /// A switch.
    func bool(_ flag: String) throws -> Bool {
        switch text(flag) {
        case nil, "", "false"?: return false
        case "true"?: return true
        case let other?:
            throw ValidationError("\(Self.variable(flag)): '\(other)' is neither true nor false")
        }
    }

    /// A whole number.
    func int(_ flag: String) throws -> Int? {
        guard let text = text(flag) else { return nil }
        guard let number = Int(text) else {
            throw ValidationError("\(Self.variable(flag)): '\(text)' is no whole number")
        }
        return number
    }
}

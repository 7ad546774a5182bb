/// Flags that come from the environment. A variable that is empty counts as one that is not set.
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

    /// A flag's text: what was given on the command line, else what its variable says.
    func text(_ flag: String, given: String?) -> FlagText? {
        if let given { return FlagText(text: given, name: "--\(flag)") }
        return variable(flag)
    }

    /// A repeatable flag's texts.
    func list(_ flag: String, given: [String]) -> [FlagText] {
        guard given.isEmpty else { return given.map { FlagText(text: $0, name: "--\(flag)") } }
        guard let variable = variable(flag) else { return [] }
        return variable.text.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }
            .filter { !$0.isEmpty }.map { FlagText(text: $0, name: variable.name) }
    }

    /// A switch.
    func bool(_ flag: String, given: Bool) throws(UsageFault) -> Bool {
        guard !given, let variable = variable(flag) else { return given }
        guard let value = Bool(variable.text) else { throw variable.fault("true or false") }
        return value
    }

    private func variable(_ flag: String) -> FlagText? {
        let name = Self.variable(flag)
        guard let text = environment[name], !text.isEmpty else { return nil }
        return FlagText(text: text, name: name)
    }
}

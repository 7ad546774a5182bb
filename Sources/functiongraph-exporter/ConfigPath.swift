/// `--config.file`, of `serve`, `check` and `query`.
enum ConfigPath {
    private static let standard = "/etc/functiongraph-exporter/config.yml"

    /// The path: the flag, else its variable, else the default.
    static func resolve(_ given: String?, _ variables: FlagEnvironment) throws(UsageFault) -> String {
        guard let path = variables.text("config.file", given: given) else { return standard }
        guard !path.text.isEmpty else { throw path.fault("the path of a file") }
        return path.text
    }
}

/// What `--version` and `functiongraph_exporter_build_info` say.
public struct BuildVersion: Sendable {
    /// The release, as in the changelog.
    public let version: String
    /// The commit, or `unknown` where the build did not say.
    public let revision: String
    /// The compiler's version.
    public let swiftVersion: String

    /// What this binary was built from.
    public static let current = BuildVersion(
        version: BuildInformation.version, revision: BuildInformation.revision, swiftVersion: swiftVersionText)

    private static var swiftVersionText: String {
        #if compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}

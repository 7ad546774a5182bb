/// The parts of a function's URN as the FunctionGraph API takes it, its shortened forms included.
///
/// `urn:fss:<region>:<project>:function:<package>:<name>[:<version> | :!<alias>]`; domain page "function_model" of the
/// vendor: 8 fields with a version or alias, 7 without (`latest`), and in a path also 1 (name), 2 (package, name),
/// 3 (project, package, name) or 4 (those and the version or alias).
struct FunctionAddress: Sendable, Equatable {
    /// Empty in a shortened form until the project's region is known.
    let region: String
    let project: String
    let package: String
    let name: String
    /// A version, or an alias with its leading `!`.
    let qualifier: String

    init(region: String, project: String, package: String, name: String, qualifier: String) {
        self.region = region
        self.project = project
        self.package = package
        self.name = name
        self.qualifier = qualifier
    }

    /// Reads a URN of 7 or 8 fields.
    init?(_ text: String) {
        self.init(text, shortenedIn: nil)
    }

    /// Reads a URN, in its short forms too where the project and region of the request are given.
    init?(_ text: String, shortenedIn place: (project: String, region: String)?) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard fields.allSatisfy({ !$0.isEmpty && $0 != "!" && !$0.contains("/") }) else { return nil }
        switch fields.count {
        case 7, 8:
            guard fields[0] == "urn", fields[1] == "fss", fields[4] == "function" else { return nil }
            self.init(
                region: fields[2], project: fields[3], package: fields[5], name: fields[6],
                qualifier: fields.count == 8 ? fields[7] : "latest")
        case 1...4:
            guard let place else { return nil }
            self.init(
                region: place.region,
                project: fields.count > 2 ? fields[0] : place.project,
                package: fields.count == 1 ? "default" : fields[fields.count == 2 ? 0 : 1],
                name: fields.count == 1 ? fields[0] : fields[fields.count == 2 ? 1 : 2],
                qualifier: fields.count == 4 ? fields[3] : "latest")
        default:
            return nil
        }
    }

    /// The function without version.
    var base: String { "urn:fss:\(region):\(project):function:\(package):\(name)" }
    /// All eight fields.
    var canonical: String { "\(base):\(qualifier)" }
    /// The alias without its `!`; nil for a version.
    var alias: String? { qualifier.hasPrefix("!") ? String(qualifier.dropFirst()) : nil }
}

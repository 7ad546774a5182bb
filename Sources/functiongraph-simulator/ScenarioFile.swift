import FoundationEssentials

/// The file of a scenario.
enum ScenarioFile {
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// The text of a file.
    static func read(_ path: String) throws(Unreadable) -> String {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw Unreadable(description: "\(path): cannot read the scenario: \(reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        return switch error.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "no such file"
        case .fileReadNoPermission: "permission denied"
        default: "error \(error.code.rawValue)"
        }
    }
}

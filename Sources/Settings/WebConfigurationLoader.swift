public import YAML

/// Reads a web configuration. Blocking.
public enum WebConfigurationLoader {
    /// The dearest bcrypt hash that may be computed: cost 14 takes more than a second of one core.
    public static let bcryptCostMax = 14

    /// The web configuration at this path, or its faults. Whether certificates and keys can be read and belong
    /// together is not looked at.
    public static func load(path: String) -> (WebConfiguration?, [Fault]) {
        switch FileReader.read(path, bytesMax: ConfigurationLoader.fileBytesMax) {
        case .failure(let failure): return (nil, [Fault(file: path, mark: nil, message: failure.reason)])
        case .success(let text): return parse(text, path: path)
        }
    }

    /// The web configuration of a text; paths in it are relative to the directory of `path`.
    public static func parse(_ text: [UInt8], path: String) -> (WebConfiguration?, [Fault]) {
        let reading = Reading(file: path)
        let node = YAMLParser.parse(text, reading.faults)
        guard node != nil || reading.faults.faults.isEmpty else { return (nil, reading.sortedFaults) }
        var configuration = WebConfigurationReader(reading: reading).read(node)
        configuration.warnings = reading.warnings
        configuration.marks = reading.webMarks
        let faults = reading.sortedFaults
        return (faults.isEmpty ? configuration : nil, faults)
    }
}

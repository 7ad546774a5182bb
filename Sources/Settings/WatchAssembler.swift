import FunctionGraph
import YAML

/// Puts the functions of config.yml and of all watch files together, each once: what comes first counts.
struct WatchAssembler {
    private struct Place {
        let index: Int
        let file: String
        let mark: Mark?
    }

    private var places: [FunctionURN: Place] = [:]
    private var labelNames: Set<String>
    private(set) var functions: [WatchedFunction] = []
    private(set) var warnings: [Fault] = []

    init(_ root: RootReader.Root) {
        labelNames = Set(root.defaults.labels.keys)
        for discovery in root.configuration.watch.discoveries { labelNames.formUnion(discovery.labels.keys) }
    }

    var sortedLabelNames: [String] { labelNames.sorted() }

    /// Adds a function that stands at a place of a file, unless it is there already.
    mutating func add(_ function: WatchedFunction, file: String, mark: Mark?) {
        for name in function.labels.keys where !labelNames.contains(name) { labelNames.insert(name) }
        guard let place = places[function.urn] else {
            places[function.urn] = Place(index: functions.count, file: file, mark: mark)
            functions.append(function)
            return
        }
        let counting = functions[place.index]
        var differing: [String] = []
        if counting.interval != function.interval { differing.append("interval") }
        if counting.expect != function.expect { differing.append("expect") }
        if counting.labels != function.labels { differing.append("labels") }
        guard !differing.isEmpty else { return }
        let first = place.mark.map { "\(place.file):\($0)" } ?? place.file
        warnings.append(
            Fault(
                file: file, mark: mark,
                message: "\(function.urn) is listed at \(first) already, which counts;"
                    + " differing: \(differing.joined(separator: ", "))"))
    }
}

import Exposition

/// A page of metrics, read back.
struct MetricsPage: Sendable {
    struct Sample: Sendable, Hashable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    let text: String
    let samples: [Sample]

    init(_ text: String) {
        self.text = text
        samples = text.split(separator: "\n").compactMap(Self.sample)
    }

    init(_ registry: Registry, _ form: ExpositionForm = .text) {
        let pieces = registry.pieces(form)
        var bytes: [UInt8] = []
        while let piece = pieces.next() { bytes += piece }
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    /// The samples of a name that bear at least these labels.
    func all(_ name: String, _ labels: [String: String] = [:]) -> [Sample] {
        samples.filter { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }
    }

    /// The only such sample's value; `nil` where there is none, and where there are several.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let found = all(name, labels)
        return found.count == 1 ? found[0].value : nil
    }

    /// The value of a function's sample.
    func function(_ name: String, _ urn: String, _ labels: [String: String] = [:]) -> Double? {
        value("functiongraph_\(name)", labels.merging(["function_urn": urn]) { first, _ in first })
    }

    /// The state that stands at 1, if all seven are there and the others are 0.
    func state(_ urn: String) -> String? {
        let family = all("functiongraph_snapshot_state", ["function_urn": urn])
        let current = family.filter { $0.value == 1 }
        guard family.count == 7, current.count == 1, family.allSatisfy({ $0.value == 0 || $0.value == 1 }) else {
            return nil
        }
        return current[0].labels["functiongraph_snapshot_state"]
    }

    /// Whether any sample of the name stands there for the function.
    func has(_ name: String, _ urn: String) -> Bool {
        !all("functiongraph_\(name)", ["function_urn": urn]).isEmpty
    }

    /// The reason of the function's error, if there is exactly one.
    func reason(_ urn: String) -> String? {
        let found = all("functiongraph_poll_error_info", ["function_urn": urn])
        return found.count == 1 ? found[0].labels["reason"] : nil
    }

    private static func sample(_ line: Substring) -> Sample? {
        guard !line.hasPrefix("#"), let space = line.lastIndex(of: " "),
            let value = Double(line[line.index(after: space)...])
        else { return nil }
        let series = line[..<space]
        guard let brace = series.firstIndex(of: "{") else {
            return Sample(name: String(series), labels: [:], value: value)
        }
        var labels: [String: String] = [:]
        for pair in series[series.index(after: brace)...].dropLast().split(separator: "\",") {
            let parts = pair.split(separator: "=\"", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            labels[String(parts[0])] = String(parts[1].last == "\"" ? parts[1].dropLast() : parts[1])
        }
        return Sample(name: String(series[..<brace]), labels: labels, value: value)
    }
}

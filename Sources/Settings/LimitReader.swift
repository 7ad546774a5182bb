import YAML

/// Reads `limits`.
enum LimitReader {
    static func read(_ node: Node?, _ reading: Reading) -> LimitSettings {
        var settings = LimitSettings()
        guard let node, !node.isMissing, var keys = node.mapping(reading.faults, "limits") else { return settings }
        let faults = reading.faults
        if let value = keys.take("requests_per_second")?.number(faults, "requests_per_second", in: 0.01...10_000) {
            settings.requestsPerSecond = value
        }
        if let value = keys.take("max_in_flight")?.integer(faults, "max_in_flight", in: 1...256) {
            settings.maxInFlight = value
        }
        if let value = keys.take("functions")?.integer(faults, "functions", in: 1...1_000_000) {
            settings.functions = value
        }
        keys.finish()
        return settings
    }
}

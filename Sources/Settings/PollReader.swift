import YAML

/// Reads `poll`.
enum PollReader {
    /// How often anything may be polled.
    static let intervals: ClosedRange<Duration> = .seconds(5)...(.seconds(86_400))

    /// How often what seldom changes may be asked for.
    static let longIntervals: ClosedRange<Duration> = .seconds(5)...(.seconds(7 * 86_400))

    static func read(_ node: Node?, _ reading: Reading) -> PollSettings {
        var settings = PollSettings()
        guard let node, !node.isMissing, var keys = node.mapping(reading.faults, "poll") else { return settings }
        let faults = reading.faults
        if let value = keys.take("interval")?.duration(faults, "interval", in: intervals) {
            settings.interval = value
        }
        let day = Duration.seconds(86_400)
        if let value = keys.take("creating_interval")?.duration(faults, "creating_interval", in: .seconds(1)...day) {
            settings.creatingInterval = value
        }
        let timeouts: ClosedRange<Duration> = .milliseconds(100)...(.seconds(3600))
        if let value = keys.take("timeout")?.duration(faults, "timeout", in: timeouts) { settings.timeout = value }
        if let value = keys.take("retries")?.integer(faults, "retries", in: 0...100) { settings.retries = value }
        if let value = keys.take("stale_after")?.integer(faults, "stale_after", in: 1...1000) {
            settings.staleAfter = value
        }
        if let value = keys.take("switch")?.boolean(faults, "switch") { settings.switchPolled = value }
        if let value = keys.take("switch_interval")?.duration(faults, "switch_interval", in: longIntervals) {
            settings.switchInterval = value
        }
        keys.finish()
        return settings
    }
}

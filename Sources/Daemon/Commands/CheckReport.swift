import Settings
import YAML

/// `check`: what a start would read, without any network.
public struct CheckReport: Sendable {
    /// What to print, in order.
    public let lines: [String]
    /// What to say besides, on standard error: it concerns the unit, if there is one.
    public let hints: [String]
    /// Whether a start would go well.
    public let isGood: Bool

    /// Reads everything and says what was found. Blocking.
    ///
    /// - Parameter options: The flags of `serve`; those that are not about files are ignored.
    public init(_ options: DaemonOptions) {
        let source = SettingsSource(
            configPath: options.configPath, webConfigPath: options.webConfigPath, environment: options.environment)
        let reading = source.read(previous: nil)
        let bad = reading.loaded.badWatchFiles.sorted { $0.key < $1.key }.flatMap { $0.value }
        let faults = reading.faults + bad
        var lines = faults.map(\.description)
        let readability = reading.loaded.readability(
            environment: options.environment, more: reading.watchedWebFiles.sorted())
        // What lies elsewhere is somebody's trial, in a directory of their own as a rule.
        hints = options.configPath.hasPrefix("/etc/") ? readability.hints.map { "hint: \($0)" } : []
        lines += (reading.warnings + readability.warnings).map { "warning: \($0)" }
        lines += reading.notChecked.map { "not checked: \($0)" }
        isGood = faults.isEmpty
        if isGood, let configuration = reading.configuration {
            lines.append(Self.summary(configuration, path: options.configPath, reading))
        }
        self.lines = lines
    }

    private static func summary(
        _ configuration: Configuration, path: String, _ reading: SettingsReading
    ) -> String {
        let list = WatchList(configuration, discovered: [], shard: .whole)
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        var text = "\(path): good: \(count(list.functions.count, "function"))"
        if !list.ignored.isEmpty { text += " (\(list.ignored.count) more left out by limits.functions)" }
        text +=
            ", \(count(configuration.watch.discoveries.count, "discovery entry").replacing("entrys", with: "entries"))"
        text += ", \(count(configuration.accounts.count, "account"))"
        let files = reading.loaded.readFiles.count - 1
        if files > 0 { text += ", \(count(files, "watch file"))" }
        return text
    }
}

public import YAML

/// What is wrong in the text of a scenario: all of it in one go.
public struct ScenarioFaults: Error, Sendable, CustomStringConvertible {
    /// At least one fault, in the order of reading.
    public let faults: [Fault]

    /// One line per fault, each `FILE:LINE:COLUMN: message`.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

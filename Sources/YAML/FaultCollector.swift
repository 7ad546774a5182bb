/// Gathers the faults of one file, so that all of them can be told in one go.
public final class FaultCollector {
    /// The file that all faults are about.
    public let file: String
    /// What was reported, in the order of reporting.
    public private(set) var faults: [Fault] = []

    /// A collector without faults for this file.
    public init(file: String) {
        self.file = file
    }

    /// Adds a fault. The message says in one line what was expected, and never holds a secret.
    public func report(_ message: String, at mark: Mark?) {
        faults.append(Fault(file: file, mark: mark, message: message))
    }
}

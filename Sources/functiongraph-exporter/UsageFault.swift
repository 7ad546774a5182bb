import ArgumentParser
import Daemon

/// What is wrong with a flag or with the variable in its place, in one line that says what was expected.
struct UsageFault: Error {
    let message: String

    /// Tells it on standard error.
    ///
    /// - Returns: The end of the program, with the status of wrong usage.
    func told() -> ExitCode {
        Surroundings.complain(["Error: \(message)"])
        return ExitCode(ExitStatus.usage.rawValue)
    }
}

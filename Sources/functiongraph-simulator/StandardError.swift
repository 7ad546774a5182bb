import ArgumentParser

#if canImport(Glibc)
    import Glibc
#endif

/// Messages for the user beside the program's output.
enum StandardError {
    /// Writes a message and answers the error that ends the program with a code.
    static func exit(_ code: Int32, _ message: String) -> ExitCode {
        let bytes = Array((message + "\n").utf8)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            written += count
        }
        return ExitCode(code)
    }
}

/// The words of the command line.
enum ProcessArguments {
    /// From the kernel, without the program's name (proc(5)): the run-time finds them by way of the environment, which
    /// libraries that are loaded before the program may have moved.
    static func read() -> [String]? {
        guard let bytes = Surroundings.read("/proc/self/cmdline"), bytes.last == 0 else { return nil }
        let words = bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false)
        return words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    }
}

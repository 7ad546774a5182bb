internal import Glibc

/// Reads a whole file of at most a mebibyte.
enum SmallFile {
    struct Failure: Error {
        let reason: String
    }

    private static let maximumBytes = 1 << 20

    static func read(_ path: String) throws(Failure) -> [UInt8] {
        // Non-blocking, so that a pipe in a certificate's place does not hold up the start.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            var block = [UInt8](repeating: 0, count: 16 * 1024)
            let count = unsafe Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            guard count > 0 else { return bytes }
            bytes += block[..<count]
            guard bytes.count <= maximumBytes else { throw Failure(reason: "larger than 1 MiB") }
        }
    }

    private static func failure() -> Failure { Failure(reason: SystemError.text(errno)) }
}

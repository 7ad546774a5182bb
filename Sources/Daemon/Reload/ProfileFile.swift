import FunctionGraph
import Glibc

/// Reads the vendor's profile file.
enum ProfileFile {
    /// A profile is a few lines.
    private static let bytesMax = 64 * 1024

    /// Its text; `nil` where there is none.
    static func read(_ path: String) throws(ProfileFault) -> String? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw ProfileFault(message: "\(path): cannot be read (errno \(errno))")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = unsafe Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { throw ProfileFault(message: "\(path): cannot be read (errno \(errno))") }
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= bytesMax else { throw ProfileFault(message: "\(path): larger than \(bytesMax) bytes") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

import Glibc

/// Reads a small file besides the configuration's own: the vendor's profile, certificates of authorities.
enum SmallTextFile {
    /// Why it cannot be read, with its path.
    struct Failure: Error {
        let message: String
    }

    /// Its text; `nil` where there is none.
    static func read(_ path: String, bytesMax: Int) throws(Failure) -> String? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Failure(message: "\(path): cannot be read: \(reason(errno))")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = unsafe Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { throw Failure(message: "\(path): cannot be read: \(reason(errno))") }
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= bytesMax else { throw Failure(message: "\(path): larger than \(bytesMax) bytes") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case EACCES: "permission denied"
        case EISDIR: "is a directory"
        case ELOOP: "too many symbolic links"
        default: "error \(code)"
        }
    }
}

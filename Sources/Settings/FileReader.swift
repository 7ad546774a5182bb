import Glibc

/// Reads a whole file into memory, within a limit. Blocking.
enum FileReader {
    /// Why a file could not be read.
    struct Failure: Error {
        /// To follow the file's name: "does not exist".
        let reason: String
        var isTooLarge = false
        var isMissing = false
    }

    /// The bytes of a regular file (or of /dev/null); never waits for a pipe.
    static func read(_ path: String, bytesMax: Int) -> Result<[UInt8], Failure> {
        guard !path.utf8.contains(0) else { return .failure(Failure(reason: "is no file name")) }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return .failure(failure(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return .failure(failure(errno)) }
        let type = status.st_mode & S_IFMT
        if type == S_IFDIR { return .failure(failure(EISDIR)) }
        guard type == S_IFREG || type == S_IFCHR else {
            return .failure(Failure(reason: "is not a regular file"))
        }
        guard status.st_size <= bytesMax else { return .failure(tooLarge(bytesMax)) }
        var bytes: [UInt8] = []
        // One more than it should have, so that the end is found without growing; it may have grown meanwhile.
        var room = Int(status.st_size) + 1
        while true {
            var errorNumber: Int32 = 0
            let count = bytes.count
            let got = room
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: got) { buffer, initialized in
                var result: Int
                repeat {
                    result = unsafe Glibc.read(descriptor, buffer.baseAddress, got)
                } while result < 0 && errno == EINTR
                if result < 0 { errorNumber = errno }
                initialized = max(0, result)
            }
            guard errorNumber == 0 else { return .failure(failure(errorNumber)) }
            if chunk.isEmpty { return .success(bytes) }
            if count == 0 { bytes = chunk } else { bytes += chunk }
            guard bytes.count <= bytesMax else { return .failure(tooLarge(bytesMax)) }
            room = 64 * 1024
        }
    }

    /// Whether the file, or a directory on the way to it, is closed to this process.
    static func isDenied(_ path: String) -> Bool {
        unsafe access(path, R_OK) != 0 && errno == EACCES
    }

    /// What keeps users other than the owner and the group from reading a file.
    enum Obstacle: Equatable {
        /// The file's own mode.
        case file
        /// A directory on the way to it, by name or by what links stand for, that they may not pass.
        case directory(String)
    }

    /// What keeps others from reading a file, nil if nothing does or if that cannot be seen.
    static func obstacleForOthers(_ path: String) -> Obstacle? {
        let path = FilePath.join(path.hasPrefix("/") ? "" : currentDirectory(), path)
        var directories = FilePath.directories(above: path)
        if let resolved = unsafe realpath(path, nil) {
            directories += FilePath.directories(above: unsafe String(cString: resolved))
            unsafe free(resolved)
        }
        if let closed = directories.first(where: { lacks(S_IXOTH, $0) }) { return .directory(closed) }
        return lacks(S_IROTH, path) ? .file : nil
    }

    private static func lacks(_ permission: mode_t, _ path: String) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return false }
        return status.st_mode & permission == 0
    }

    /// The directory that the process is in, `/` if that cannot be told.
    static func currentDirectory() -> String {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    private static func tooLarge(_ bytesMax: Int) -> Failure {
        Failure(reason: "is too large: expected at most \(bytesMax) bytes", isTooLarge: true)
    }

    private static func failure(_ errorNumber: Int32) -> Failure {
        switch errorNumber {
        case ENOENT, ENOTDIR: Failure(reason: "does not exist", isMissing: true)
        case EACCES, EPERM: Failure(reason: "cannot be read: permission denied")
        case EISDIR: Failure(reason: "is a directory, expected a file")
        case ELOOP: Failure(reason: "cannot be read: too many symbolic links")
        default: Failure(reason: "cannot be read: \(unsafe String(cString: strerror(errorNumber)))")
        }
    }
}

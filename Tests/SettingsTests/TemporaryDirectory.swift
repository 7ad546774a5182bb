import Glibc

/// A directory of its own for one test; gone, with all that is in it, when the test is done.
final class TemporaryDirectory {
    let path: String
    private var made: [String] = []

    init() {
        var template = Array("/tmp/settings-tests-XXXXXX".utf8CString)
        let isMade = unsafe mkdtemp(&template) != nil
        precondition(isMade, "a temporary directory can be made")  // precondition: the test machine has a /tmp
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        made.append(path)
    }

    deinit {
        for path in made.reversed() { unsafe remove(path) }
    }

    /// Writes a file (and the directories above it); the mode is set whatever the umask.
    @discardableResult
    func write(_ name: String, _ text: String, mode: mode_t = 0o644) -> String {
        write(name, Array(text.utf8), mode: mode)
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o644) -> String {
        let file = path + "/" + name
        var slash = file.index(file.startIndex, offsetBy: path.utf8.count)
        while let next = file[file.index(after: slash)...].firstIndex(of: "/") {
            let directory = String(file[..<next])
            if unsafe mkdir(directory, 0o755) == 0 { made.append(directory) }
            slash = next
        }
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        made.append(file)
        var written = 0
        while descriptor >= 0, written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            precondition(count > 0, "the file can be written")  // precondition: there is room in /tmp
            written += count
        }
        fchmod(descriptor, mode)
        close(descriptor)
        return file
    }

    func delete(_ name: String) {
        unsafe unlink(path + "/" + name)
    }

    func link(_ name: String, to target: String) {
        made.append(path + "/" + name)
        unsafe symlink(target, path + "/" + name)
    }
}

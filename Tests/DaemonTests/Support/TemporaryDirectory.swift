import Glibc

/// A directory that goes with its object.
final class TemporaryDirectory: Sendable {
    struct Failure: Error {
        let path: String
        let errnoCode: Int32
    }

    let path: String

    init() throws {
        var template = Array("/tmp/daemon-tests-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw Failure(path: "mkdtemp", errnoCode: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Writes a file as an editor does: a new one put in the place of the old.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let path = path(of: name)
        try Self.write(path + "~new", text)
        guard unsafe rename(path + "~new", path) == 0 else { throw Failure(path: path, errnoCode: errno) }
        return path
    }

    /// Writes into the file that is there.
    func overwrite(_ name: String, _ text: String) throws { try Self.write(path(of: name), text) }

    func makeDirectory(_ name: String) throws {
        guard unsafe mkdir(path(of: name), 0o700) == 0 else {
            throw Failure(path: path(of: name), errnoCode: errno)
        }
    }

    /// Lets a symbolic link point somewhere, in one step.
    func link(_ name: String, to target: String) throws {
        let path = path(of: name)
        guard unsafe symlink(target, path + "~new") == 0, unsafe rename(path + "~new", path) == 0 else {
            throw Failure(path: path, errnoCode: errno)
        }
    }

    func remove(_ name: String) { Self.remove(path(of: name)) }

    func read(_ name: String) -> String { Self.read(path(of: name)) }

    static func read(_ path: String) -> String {
        guard let file = unsafe fopen(path, "r") else { return "" }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ path: String, _ text: String) throws {
        guard let file = unsafe fopen(path, "w") else { throw Failure(path: path, errnoCode: errno) }
        defer { unsafe fclose(file) }
        let bytes = Array(text.utf8)
        guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw Failure(path: path, errnoCode: errno)
        }
    }

    private static func remove(_ path: String) {
        if let directory = unsafe opendir(path) {
            var names: [String] = []
            while let entry = unsafe readdir(directory) {
                names.append(
                    unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                    })
            }
            unsafe closedir(directory)
            for name in names where name != "." && name != ".." {
                // A link is removed, not what it points to.
                if unsafe unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
            }
            _ = unsafe rmdir(path)
        } else {
            _ = unsafe unlink(path)
        }
    }
}

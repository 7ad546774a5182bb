import Glibc

/// The receiving end of `NOTIFY_SOCKET`, in a directory of its own.
final class NotifySocket: Sendable {
    struct Failure: Error { let what: String }

    private let directory: TemporaryDirectory
    private let file: Int32
    let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path(of: "notify")
        file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(file, $0, length) }
        }
        guard result == 0 else { throw Failure(what: "bind: errno \(errno)") }
    }

    deinit { close(file) }

    /// The datagrams that have come since the last call, in order.
    func receive() -> [String] {
        var datagrams: [String] = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while true {
            let count = unsafe recv(file, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return datagrams }
            datagrams.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }
}

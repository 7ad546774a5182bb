import Glibc

/// A port of 127.0.0.1 that is taken, so that no other test gets it, but where nobody listens.
final class ClosedPort: Sendable {
    let port: Int
    private let file: Int32

    init() throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = file
        let result = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                let bound = unsafe bind(file, pointer, length)
                return unsafe bound == 0 ? getsockname(file, pointer, &length) : bound
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard result == 0 else { throw TemporaryDirectory.Failure(path: "127.0.0.1", errnoCode: errno) }
    }

    deinit { close(file) }
}

import Glibc
import NIOCore
import NIOPosix

/// A listening socket as systemd would pass it.
struct InheritedSocket {
    struct Failure: Error {}

    let descriptor: Int32

    static func tcp() throws -> InheritedSocket {
        try bound(to: SocketAddress(ipAddress: "127.0.0.1", port: 0))
    }

    static func local(_ path: String) throws -> InheritedSocket {
        try bound(to: SocketAddress(unixDomainSocketPath: path))
    }

    private static func bound(to address: SocketAddress) throws -> InheritedSocket {
        let family = address.port == nil ? AF_UNIX : AF_INET
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure() }
        let result = unsafe address.withSockAddr { pointer, size in
            unsafe bind(descriptor, pointer, socklen_t(size))
        }
        guard result == 0, listen(descriptor, 16) == 0 else { throw Failure() }
        return InheritedSocket(descriptor: descriptor)
    }
}

import CSystemd
import Glibc

/// A listening stream socket that the service manager passed to this process.
public struct InheritedSocket: Sendable, Equatable {
    /// The descriptor. It is a duplicate of the manager's: close it, never shut it down.
    public let fd: Int32

    /// `FileDescriptorName=` of the socket unit; systemd's own default is the unit's name.
    public let name: String

    /// A socket that was inherited as `fd` under `name`.
    public init(fd: Int32, name: String) {
        self.fd = fd
        self.name = name
    }
}

/// The listening stream sockets that systemd passed (`LISTEN_FDS`, `LISTEN_PID`, `LISTEN_FDNAMES`), in its order.
/// Others that were passed (datagram sockets, connections, files) are left out. The descriptors are close-on-exec.
public func inheritedSockets() -> [InheritedSocket] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = unsafe sd_listen_fds_with_names(0, &names)
    guard count > 0 else { return [] }
    var sockets: [InheritedSocket] = []
    for index in 0..<Int(count) {
        // The array and each of its strings are ours to free.
        let name = unsafe names?[index].map { unsafe String(cString: $0) } ?? ""
        unsafe free(names?[index])
        let fd = SD_LISTEN_FDS_START + Int32(index)
        if isListeningStream(fd) {
            sockets.append(InheritedSocket(fd: fd, name: name))
        }
    }
    unsafe free(names)
    return sockets
}

/// Whether the descriptor is a stream socket, of any family, that listens.
func isListeningStream(_ fd: Int32) -> Bool {
    sd_is_socket(fd, AF_UNSPEC, Int32(SOCK_STREAM.rawValue), 1) > 0
}

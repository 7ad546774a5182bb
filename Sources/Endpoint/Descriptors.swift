internal import Glibc

/// How many files and sockets the process may have open.
enum Descriptors {
    static var limit: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }

    /// What keeps a descriptor from being taken over as a listener, or nil: NIO ends the process over one that is none.
    static func faultOfListener(_ descriptor: Int32) -> Int32? {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0 else { return errno }
        var type: Int32 = 0
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 else { return errno }
        return isListening != 0 && type == Int32(SOCK_STREAM.rawValue) ? nil : EINVAL
    }
}

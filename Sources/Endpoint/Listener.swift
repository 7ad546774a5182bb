internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Opens a listening socket and gives every connection its pipeline.
struct Listener {
    let loop: any EventLoop
    let core: NIOLoopBoundBox<ServerCore>

    func bind(_ address: ListenAddress) async throws(BindFault) -> String {
        do {
            let channel = try await open(address)
            guard try await loop.submit({ [core] in core.value.add(channel) }).get() else {
                throw BindFault(address: address.description, errnoCode: nil, message: "the server has stopped")
            }
            return Self.text(of: channel.localAddress) ?? address.description
        } catch {
            throw Self.fault(address, error)
        }
    }

    private func open(_ address: ListenAddress) async throws -> any Channel {
        switch address {
        case .inherited(let fd):
            if let code = Descriptors.faultOfListener(fd) { throw IOError(errnoCode: code, reason: "getsockopt") }
            return try await bootstrap(isIPv6: false).withBoundSocket(fd).get()
        case .tcp(nil, let port):
            do {
                let any = try SocketAddress(ipAddress: "::", port: port)
                return try await bootstrap(isIPv6: true).bind(to: any).get()
            } catch let error as IOError where error.errnoCode == EAFNOSUPPORT || error.errnoCode == EADDRNOTAVAIL {
                // A machine without IPv6.
                let any = try SocketAddress(ipAddress: "0.0.0.0", port: port)
                return try await bootstrap(isIPv6: false).bind(to: any).get()
            }
        case .tcp(let host?, let port):
            let resolved = try await resolve(host, port)
            return try await bootstrap(isIPv6: false).bind(to: resolved).get()
        }
    }

    /// Looking up a name blocks.
    private func resolve(_ host: String, _ port: Int) async throws -> SocketAddress {
        if let literal = try? SocketAddress(ipAddress: host, port: port) { return literal }
        return try await NIOThreadPool.singleton.runIfActive {
            try SocketAddress.makeAddressResolvingHost(host, port: port)
        }
    }

    /// - Parameter isIPv6: whether the socket is one for all addresses, IPv4's included.
    private func bootstrap(isIPv6: Bool) -> ServerBootstrap {
        let core = self.core
        let buffers = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: 16384)
        let bootstrap = ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // One at a time, so that the count of connections is looked at before the next.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptHandler(core: core.value))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try Self.configure(channel, core.value) }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 32 * 1024, high: 128 * 1024))
            .childChannelOption(.recvAllocator, value: buffers)
        guard isIPv6 else { return bootstrap }
        let onlyIPv6 = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)
        return bootstrap.serverChannelOption(onlyIPv6, value: 0)
    }

    private static func configure(_ channel: any Channel, _ core: ServerCore) throws {
        let pipeline = channel.pipeline.syncOperations
        let tls = core.security.tls
        if let tls { try pipeline.addHandler(tls.makeHandler()) }
        // Larger than our own limits, which are checked first.
        var parserLimits = NIOHTTPDecoderLimitConfiguration()
        parserLimits.maxHeaderFieldSize = core.limits.headBytes + 1024
        parserLimits.maxHeaderListSize = 2 * core.limits.headBytes + core.limits.bodyBytes
        parserLimits.maxHeaderFieldCount = 2 * core.limits.headerFields
        var encoder = HTTPResponseEncoder.Configuration()
        encoder.automaticallySetFramingHeaders = false
        let gate = RequestGate(limits: core.limits)
        let connection = ConnectionHandler(core: core, gate: gate, isTLS: tls != nil)
        try pipeline.addHandler(gate)
        try pipeline.addHandler(HTTPResponseEncoder(configuration: encoder))
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: parserLimits)))
        try pipeline.addHandler(connection)
        core.connectionBegan(connection)
    }

    private static func text(of address: SocketAddress?) -> String? {
        guard let address else { return nil }
        if let path = address.pathname { return path }
        guard let host = address.ipAddress, let port = address.port else { return nil }
        return address.protocol == .inet6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func fault(_ address: ListenAddress, _ error: any Error) -> BindFault {
        if let fault = error as? BindFault { return fault }
        if error is SocketAddressError.UnknownHost {
            return BindFault(
                address: address.description, errnoCode: nil, message: "the host name has no address")
        }
        guard let error = error as? IOError else {
            return BindFault(address: address.description, errnoCode: nil, message: "\(error)")
        }
        return BindFault(
            address: address.description, errnoCode: error.errnoCode, message: SystemError.text(error.errnoCode))
    }
}

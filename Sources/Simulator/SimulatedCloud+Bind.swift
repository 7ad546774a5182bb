import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

extension SimulatedCloud {
    /// Listens, with a handler for each connection.
    static func bind(
        _ address: LoopbackAddress, _ core: CloudCore, _ connections: ConnectionList, on group: any EventLoopGroup
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    // The answers are written as bytes, so that they can be wrong: there is no encoder.
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        ConnectionHandler(core: core),
                    ])
                }
            }
            .bind(to: address.socketAddress)
            .get()
    }

    /// Why listening failed, in words.
    static func bindFault(_ error: any Error, _ address: String) -> any Error {
        guard let error = error as? IOError else { return error }
        if error.errnoCode == EADDRINUSE { return SimulatedCloudError.addressInUse(address) }
        return SimulatedCloudError.cannotListen(address, reason: "\(error)")
    }
}

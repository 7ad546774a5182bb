import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// Sends bytes over a connection of its own and gathers all that comes back until the other side closes.
struct RawClient {
    let port: Int
    /// Stops reading, and closes, after so many bytes.
    var atMost = 1 << 28

    func exchange(_ text: String) async throws -> RawAnswer {
        let group = MultiThreadedEventLoopGroup.singleton
        let eventLoop = group.next()
        let answer = eventLoop.makePromise(of: RawAnswer.self)
        let atMost = atMost
        let channel = try await ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Gatherer(answer: answer, atMost: atMost))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .get()
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
        return try await answer.futureResult.get()
    }

    private final class Gatherer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let answer: EventLoopPromise<RawAnswer>
        private let atMost: Int
        private var bytes: [UInt8] = []
        private var isReset = false

        init(answer: EventLoopPromise<RawAnswer>, atMost: Int) {
            self.answer = answer
            self.atMost = atMost
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes.append(contentsOf: unwrapInboundIn(data).readableBytesView)
            if bytes.count >= atMost { context.close(promise: nil) }
        }

        func channelInactive(context: ChannelHandlerContext) {
            answer.succeed(RawAnswer(bytes, isReset: isReset))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // A reset is an end too.
            isReset = (error as? IOError)?.errnoCode == ECONNRESET
            context.close(promise: nil)
        }
    }
}

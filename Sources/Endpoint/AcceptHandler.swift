internal import NIOCore

/// Stands in a listener's pipeline: lets new connections in while there is room.
final class AcceptHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let core: ServerCore
    private var context: ChannelHandlerContext?
    /// Accepted when there was no room any more: one at most, because nothing is accepted behind it.
    private var waiting: [any Channel] = []

    init(core: ServerCore) { self.core = core }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        core.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for connection in waiting { connection.close(promise: nil) }
        waiting = []
        self.context = nil
        core.remove(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard core.makeRoom() else {
            waiting.append(unwrapInboundIn(data))
            return
        }
        context.fireChannelRead(data)
    }

    /// Lets those in that wait. Answers false where there is no room for all of them.
    func admitWaiting() -> Bool {
        while let connection = waiting.first {
            guard core.makeRoom() else { return false }
            waiting.removeFirst()
            context?.fireChannelRead(wrapInboundOut(connection))
        }
        return true
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        core.acceptFailed(error)
    }
}

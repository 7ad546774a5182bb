internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// One connection: takes its requests one after the other, has them answered, and ends it when it takes too long.
///
/// Lives on the server's event loop, like everything it touches.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What the connection is waiting for; each has its own deadline.
    enum Phase {
        /// The first byte of the first request, a TLS handshake before it included.
        case opening
        /// The first byte of a further request.
        case waiting
        /// The rest of a request.
        case receiving
        /// The answer, and the client to have read it.
        case answering
        /// The client to notice that it was refused.
        case lingering
        case closed
    }

    let core: ServerCore
    let gate: RequestGate
    let isTLS: Bool
    var phase = Phase.opening
    /// When the connection began to wait; the one that waits longest goes first when there are too many.
    private(set) var waitingSince = NIODeadline.now()
    var context: ChannelHandlerContext?
    var framing: RequestFraming?
    var head: HTTPRequestHead?
    private(set) var isEndSeen = false
    var exchange: Exchange?
    var isPumping = false
    private var deadline: ConnectionDeadline?

    init(core: ServerCore, gate: RequestGate, isTLS: Bool) {
        self.core = core
        self.gate = gate
        self.isTLS = isTLS
    }

    /// Whether it can be closed without anyone missing an answer. A new connection has a grace to say something.
    var isIdle: Bool {
        switch phase {
        case .waiting: gate.isQuiet
        case .opening: gate.isQuiet && waitingSince + TimeAmount(core.limits.grace) < .now()
        default: false
        }
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        gate.delegate = self
        deadline = ConnectionDeadline(loop: context.eventLoop) { [weak self] in self?.expired() }
        deadline?.arm(core.limits.opening)
    }

    func handlerRemoved(context: ChannelHandlerContext) { ended() }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase == .receiving else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end: isEndSeen = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pump()
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard phase != .closed else { return }
        if error is HTTPParserError {
            return requestRefused(.malformed("the request cannot be read"))
        }
        core.logger.debug("connection failed", metadata: ["error": "\(Self.bounded(error))"])
        close()
    }

    /// A client's bytes may stand in an error: one line, and not long.
    private static func bounded(_ error: any Error) -> String {
        String("\(error)".unicodeScalars.prefix(200).map { $0.value >= 0x20 && $0.value < 0x7f ? Character($0) : "?" })
    }

    private func ended() {
        guard phase != .closed || context != nil else { return }
        phase = .closed
        deadline?.cancel()
        context = nil
        gate.delegate = nil
        if let exchange {
            exchange.isOver = true
            exchange.source = nil
            core.settle(exchange)
        }
        core.connectionEnded(self)
    }

    /// Cuts the connection, whatever is under way.
    func close() {
        phase = .closed
        deadline?.cancel()
        context?.close(promise: nil)
    }

    /// Cuts the connection and has the system forget what it still holds for the client, which may be megabytes and would
    /// be drained at the client's pace otherwise.
    private func reset() {
        guard let socket = context?.channel as? any SocketOptionProvider else { return close() }
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in self.close() }
    }

    /// The server stops: goes at once, unless an answer is under way or a request may be. The first request of a client
    /// that has just connected may be there already and only not have been read; it would see a reset, not an answer.
    func stop() {
        switch phase {
        case .opening where !isIdle, .receiving: arm(core.limits.linger)
        case .opening, .waiting: close()
        case .answering, .lingering, .closed: break
        }
    }

    // MARK: Time

    private func expired() {
        switch phase {
        case .receiving: core.isStopping ? close() : requestRefused(.tooSlow)
        case .answering:
            guard let exchange, exchange.status == 0 else { return reset() }
            exchange.keepsAlive = false
            deadline?.arm(core.limits.linger)
            send(.text(503, "no answer in time\n"))
        case .opening, .waiting, .lingering: close()
        case .closed: break
        }
    }

    func arm(_ length: Duration) { deadline?.arm(length) }

    // MARK: Ends

    /// The answer is with the client, or on its way: the next request, or the end.
    func answerEnded(_ exchange: Exchange) {
        guard self.exchange === exchange, phase == .answering else { return }
        exchange.isOver = true
        core.settle(exchange)
        core.logAccess(exchange)
        self.exchange = nil
        framing = nil
        head = nil
        isEndSeen = false
        guard exchange.keepsAlive, !core.isStopping, !gate.isDiscarding else {
            return gate.isQuiet && !gate.isDiscarding ? close() : waitForClient()
        }
        phase = .waiting
        waitingSince = .now()
        arm(core.limits.idle)
        gate.release()
        if isIdle { core.connectionIsIdle() }
    }

    /// Closes our side and waits a moment for the client to close its own. Were both closed at once while bytes of the
    /// client are unread, the system would reset the connection and the answer be lost on its way (RFC 9112 §9.6).
    private func waitForClient() {
        phase = .lingering
        gate.discard()
        arm(core.limits.linger)
        context?.close(mode: .output, promise: nil)
    }
}

extension ConnectionHandler: RequestGateDelegate {
    func requestBegan() {
        guard phase == .waiting || phase == .opening else { return }
        phase = .receiving
        arm(core.isStopping ? core.limits.linger : core.limits.head)
    }

    func requestFramed(_ framing: RequestFraming, hasMore: Bool) -> Bool {
        guard phase == .receiving else { return false }
        self.framing = framing
        // The parser knows the methods of a list only; what is not on it is refused here, with what is allowed.
        if case .RAW = HTTPMethod(rawValue: framing.method) {
            refuseMethod(framing)
            return false
        }
        if framing.expectsContinue, framing.body != .none, framing.minorVersion == 1, !hasMore {
            let head = HTTPResponseHead(version: .http1_1, status: .continue)
            context?.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        }
        return true
    }

    func requestComplete() {
        guard phase == .receiving else { return }
        // Two readers saw the same bytes: where they disagree, neither is believed.
        guard let head, let framing, isEndSeen, head.uri == framing.target, head.method.rawValue == framing.method
        else { return requestRefused(.malformed("the request cannot be read")) }
        answer(head, framing)
    }

    func requestRefused(_ refusal: Refusal) {
        guard phase == .receiving || phase == .waiting || phase == .opening else { return }
        gate.discard()
        refuse(refusal)
    }

    func inputClosed(midRequest: Bool) {
        switch phase {
        case .opening, .waiting, .lingering: close()
        case .receiving:
            if midRequest { requestRefused(.malformed("the request breaks off")) } else { close() }
        // The client has said all it wants to say and still reads.
        case .answering: exchange?.keepsAlive = false
        case .closed: break
        }
    }
}

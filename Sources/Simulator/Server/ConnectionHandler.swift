import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#endif

/// One connection: gathers requests, has them answered one after the other, and writes the answers, whole or as a
/// fault wants them.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// The gateway's bounds: 12 MB of body, 32 KB for one field, 128 KB for all, 32 KB of URI.
    private enum Bound {
        static let body = 12 << 20
        static let field = 32 << 10
        static let fields = 128 << 10
        static let uri = 32 << 10
        /// Requests read ahead while one is being answered.
        static let waiting = 16
    }

    private struct Pending {
        let request: ReceivedRequest
        let keepsAlive: Bool
        let refusal: CloudError?
    }

    private let core: CloudCore
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var bodyIsTooLarge = false
    private var waiting: [Pending] = []
    private var isBusy = false
    private var isReading = false
    private var readIsHeld = false
    private var needsFlush = false
    private var dateText = DateText()
    private var stream: AnswerStream?
    private var isPumping = false

    init(core: CloudCore) {
        self.core = core
    }

    func channelActive(context: ChannelHandlerContext) {
        core.connectionOpened()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        core.connectionClosed()
        stream = nil
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        // A caller that sends on without waiting for answers is held once enough is queued.
        guard waiting.count < Bound.waiting else {
            readIsHeld = true
            return
        }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            bodyIsTooLarge = false
            if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
        case .body(let buffer):
            if body.count + buffer.readableBytes > Bound.body {
                bodyIsTooLarge = true
                body = []
            } else if !bodyIsTooLarge {
                body.append(contentsOf: buffer.readableBytesView)
            }
        case .end:
            guard let head else { return }
            self.head = nil
            let refusal = refusal(head)
            let request = ReceivedRequest(
                method: head.method.rawValue, target: head.uri, headers: head.headers, body: body)
            body = []
            waiting.append(Pending(request: request, keepsAlive: head.isKeepAlive, refusal: refusal))
            answerNext(context: context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        flushIfNeeded(context: context)
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pump(context: context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, !isBusy else {
            context.close(promise: nil)
            return
        }
        // What is no HTTP is told so once, and the connection ends.
        isBusy = true
        var answer = Answer(.gateway(400, "0602", "Bad request"), requestID: "")
        answer.headers = []
        write(answer, keepsAlive: false, context: context)
        flushIfNeeded(context: context)
    }

    private func refusal(_ head: HTTPRequestHead) -> CloudError? {
        if bodyIsTooLarge { return .gateway(413, "0201", "Request entity too large") }
        if head.uri.utf8.count > Bound.uri { return .gateway(414, "0201", "Request URI too long") }
        var total = 0
        for (name, value) in head.headers {
            let size = name.utf8.count + value.utf8.count
            if size > Bound.field { return .gateway(494, "0201", "Request header too large") }
            total += size
        }
        return total > Bound.fields ? .gateway(494, "0201", "Request headers too large") : nil
    }

    private func answerNext(context: ChannelHandlerContext) {
        while !isBusy, !waiting.isEmpty {
            let pending = waiting.removeFirst()
            isBusy = true
            let answer = core.answer(pending.request, refusal: pending.refusal)
            if answer.delay > .zero {
                delay(answer, keepsAlive: pending.keepsAlive, context: context)
            } else {
                write(answer, keepsAlive: pending.keepsAlive, context: context)
            }
        }
        if !isReading { flushIfNeeded(context: context) }
        if readIsHeld, waiting.count < Bound.waiting {
            readIsHeld = false
            context.read()
        }
    }

    private func delay(_ answer: Answer, keepsAlive: Bool, context: ChannelHandlerContext) {
        let amount = TimeAmount.nanoseconds(answer.delay.wholeNanoseconds)
        context.eventLoop.assumeIsolated().scheduleTask(in: amount) {
            guard context.channel.isActive else { return }
            self.write(answer, keepsAlive: keepsAlive, context: context)
            self.flushIfNeeded(context: context)
            self.answerNext(context: context)
        }
    }

    private func flushIfNeeded(context: ChannelHandlerContext) {
        guard needsFlush else { return }
        needsFlush = false
        context.flush()
    }
}

// The way out.
extension ConnectionHandler {
    private func write(_ answer: Answer, keepsAlive: Bool, context: ChannelHandlerContext) {
        needsFlush = true
        if answer.cut == .connection || answer.cut == .reset {
            end(with: ByteBuffer(), resets: answer.cut == .reset, context: context)
            return
        }
        var buffer = context.channel.allocator.buffer(capacity: 512)
        if answer.isWireGarbage, case .bytes(let bytes) = answer.body {
            buffer.writeBytes(bytes)
            end(with: buffer, context: context)
            return
        }
        let date = dateText.text(unixSeconds: core.unixSeconds() + answer.dateSkew.inSeconds)
        let stays = keepsAlive && answer.cut == nil
        switch answer.body {
        case .bytes(let bytes):
            AnswerHead.write(
                answer, contentLength: bytes.count, keepsAlive: keepsAlive, date: date, into: &buffer)
            let headSize = buffer.readableBytes
            buffer.writeBytes(bytes)
            switch answer.cut {
            case .head: end(with: buffer.getSlice(at: 0, length: headSize / 2) ?? buffer, context: context)
            case .body:
                end(with: buffer.getSlice(at: 0, length: headSize + bytes.count / 2) ?? buffer, context: context)
            case .connection, .reset, nil:
                if stays {
                    context.write(wrapOutboundOut(buffer), promise: nil)
                    isBusy = false
                } else {
                    end(with: buffer, context: context)
                }
            }
        case .filled(let prefix, let suffix, let total):
            AnswerHead.write(answer, contentLength: total, keepsAlive: keepsAlive, date: date, into: &buffer)
            if answer.cut == .head {
                end(with: buffer.getSlice(at: 0, length: buffer.readableBytes / 2) ?? buffer, context: context)
                return
            }
            context.write(wrapOutboundOut(buffer), promise: nil)
            stream = AnswerStream(
                prefix: prefix, suffix: suffix, total: total, isCut: answer.cut == .body, keepsAlive: stays)
            pump(context: context)
        }
    }

    private func end(with buffer: ByteBuffer, resets: Bool = false, context: ChannelHandlerContext) {
        // Nothing more is answered here: `isBusy` stays.
        waiting.removeAll()
        context.write(wrapOutboundOut(buffer)).assumeIsolated().whenComplete { _ in
            guard resets, let socket = context.channel as? any SocketOptionProvider else {
                context.close(promise: nil)
                return
            }
            // Closing a socket that lingers for no time sends RST (socket(7), SO_LINGER).
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
        }
        needsFlush = true
    }

    /// Writes a long body as fast as the caller takes it, one that never ends at a moderate pace.
    private func pump(context: ChannelHandlerContext) {
        // A flush may tell of writability at once, from within.
        guard !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        while let stream, context.channel.isWritable, !stream.isWaiting {
            guard let piece = stream.next() else {
                self.stream = nil
                if stream.isCut || !stream.keepsAlive {
                    end(with: ByteBuffer(), context: context)
                    context.flush()
                } else {
                    isBusy = false
                    context.flush()
                    // The next answer may be long too: then the loop goes on with it.
                    answerNext(context: context)
                }
                continue
            }
            context.writeAndFlush(wrapOutboundOut(piece), promise: nil)
            needsFlush = false
            if stream.isEndless {
                stream.isWaiting = true
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) {
                    stream.isWaiting = false
                    guard context.channel.isActive else { return }
                    self.pump(context: context)
                }
            }
        }
    }
}

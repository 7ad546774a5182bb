internal import NIOCore

/// What the gate tells of the bytes that go through it.
protocol RequestGateDelegate: AnyObject {
    /// The first byte of a request is there.
    func requestBegan()
    /// A whole head is about to reach the parser. Answers false where the request is refused already.
    func requestFramed(_ framing: RequestFraming, hasMore: Bool) -> Bool
    /// The parser has been given the whole request and no byte more.
    func requestComplete()
    func requestRefused(_ refusal: Refusal)
    /// The client will send no more; `midRequest` where it broke off within one.
    func inputClosed(midRequest: Bool)
}

/// Lets one request at a time through to the HTTP parser, after its bytes passed our own reading of them.
///
/// While a request is answered the gate holds what the client sends behind it and stops reading from the socket, so
/// pipelined requests are answered in their order and a client that never reads its answers costs one buffer.
final class RequestGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Never

    private enum Place {
        case head(RequestHeadScanner)
        case fixed(Int)
        case chunked(ChunkedBody)
    }

    /// Broken up by the connection when it leaves the pipeline.
    var delegate: (any RequestGateDelegate)?
    private(set) var isHeld = false
    /// Whether everything from now on is thrown away: no further request can be read from this connection.
    private(set) var isDiscarding = false

    private let limits: WebLimits
    private var place: Place
    private var buffer = ByteBuffer()
    private var context: ChannelHandlerContext?
    private var isReadWaiting = false
    private var isProcessing = false
    private var isInputClosed = false
    private var hasBegun = false
    private var discarded = 0

    /// What is kept of a client that goes on sending while reading is stopped: the system still hands over what was
    /// on its way when the client closed its side.
    private static let heldBytes = 128 * 1024
    private static let discardedBytes = 256 * 1024

    init(limits: WebLimits) {
        self.limits = limits
        place = .head(RequestHeadScanner(headBytes: limits.headBytes, targetBytes: limits.targetBytes))
    }

    /// Whether nothing of a further request has arrived.
    var isQuiet: Bool { !hasBegun && buffer.readableBytes == 0 }

    /// The request at hand is answered: lets the next one through.
    func release() {
        isHeld = false
        guard !isProcessing else { return }
        process()
        if !isHeld, isReadWaiting {
            isReadWaiting = false
            context?.read()
        }
    }

    /// Throws away everything that comes from now on.
    func discard() {
        isDiscarding = true
        buffer = ByteBuffer()
        if isReadWaiting {
            isReadWaiting = false
            context?.read()
        }
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func read(context: ChannelHandlerContext) {
        if isHeld, !isDiscarding { isReadWaiting = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard !isDiscarding else {
            discarded += bytes.readableBytes
            if discarded > Self.discardedBytes { context.close(promise: nil) }
            return
        }
        guard buffer.readableBytes <= Self.heldBytes else { return discard() }
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.writeBuffer(&bytes)
        }
        process()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The parser must not see the end of input before the requests that are held here.
        guard case .some(.inputClosed) = event as? ChannelEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        isInputClosed = true
        if isDiscarding { delegate?.inputClosed(midRequest: false) } else { process() }
    }

    private func process() {
        guard !isProcessing else { return }
        isProcessing = true
        while !isHeld, !isDiscarding, buffer.readableBytes > 0, step() {}
        isProcessing = false
        if buffer.readableBytes == 0 { buffer = ByteBuffer() }
        if isInputClosed, !isHeld, !isDiscarding { delegate?.inputClosed(midRequest: !isQuiet) }
    }

    /// Answers false where more bytes are needed.
    private func step() -> Bool {
        switch place {
        case .head(var scanner):
            if !hasBegun {
                hasBegun = true
                delegate?.requestBegan()
            }
            let step = scanner.scan(buffer.readableBytesUInt8Span)
            place = .head(scanner)
            switch step {
            case .incomplete: return false
            case .emptyLines(let count): buffer.moveReaderIndex(forwardBy: count)
            case .complete(let count): passHead(count)
            case .refused(let refusal): refuse(refusal)
            }
        case .fixed(let left):
            let count = min(left, buffer.readableBytes)
            place = .fixed(left - count)
            pass(count)
            if count == left { complete() }
        case .chunked(var body):
            let step = body.follow(buffer.readableBytesUInt8Span)
            place = .chunked(body)
            switch step {
            case .incomplete: pass(buffer.readableBytes)
            case .complete(let count):
                pass(count)
                complete()
            case .refused(let refusal): refuse(refusal)
            }
        }
        return true
    }

    private func passHead(_ count: Int) {
        let framing: RequestFraming
        do throws(Refusal) {
            framing = try RequestFraming(head: buffer.readableBytesUInt8Span.extracting(first: count), limits: limits)
        } catch {
            return refuse(error)
        }
        if case .fixed(let length) = framing.body, length > limits.bodyBytes { return refuse(.bodyTooLarge) }
        let hasMore = buffer.readableBytes > count
        guard delegate?.requestFramed(framing, hasMore: hasMore) == true, !isDiscarding else { return discard() }
        switch framing.body {
        case .none:
            pass(count)
            complete()
        case .fixed(let length):
            place = .fixed(length)
            pass(count)
        case .chunked:
            place = .chunked(ChunkedBody(limits: limits))
            pass(count)
        }
    }

    private func pass(_ count: Int) {
        guard let bytes = buffer.readSlice(length: count) else { return }
        context?.fireChannelRead(wrapInboundOut(bytes))
    }

    private func complete() {
        // The parser may have found a fault of its own.
        guard !isDiscarding else { return }
        isHeld = true
        hasBegun = false
        place = .head(RequestHeadScanner(headBytes: limits.headBytes, targetBytes: limits.targetBytes))
        delegate?.requestComplete()
    }

    private func refuse(_ refusal: Refusal) {
        discard()
        delegate?.requestRefused(refusal)
    }
}

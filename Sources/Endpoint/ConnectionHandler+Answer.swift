internal import NIOCore
internal import NIOHTTP1

/// Writing an answer between the socket's water marks.
extension ConnectionHandler {
    /// Fields that are the server's own.
    private static let framingFields: Set<String> = [
        "connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding", "upgrade",
    ]

    func send(_ response: WebResponse) {
        guard let exchange, let context, exchange.status == 0 else { return }
        exchange.status = response.status
        core.count(exchange, status: response.status)
        if core.isStopping || gate.isDiscarding { exchange.keepsAlive = false }
        let status = HTTPResponseStatus(statusCode: response.status)
        var source = AnswerSource(response.body)
        var headers = fields(of: response)
        if !status.mayHaveResponseBody || exchange.method == "HEAD" {
            // What a GET would be sent with, as far as it is known (RFC 9110 §9.3.2).
            if status.mayHaveResponseBody, let length = source.length {
                headers.add(name: "Content-Length", value: String(length))
            }
            source = AnswerSource(.bytes([]))
        } else if let length = source.length {
            headers.add(name: "Content-Length", value: String(length))
        } else if exchange.minorVersion == 1 {
            headers.add(name: "Transfer-Encoding", value: "chunked")
        } else {
            exchange.keepsAlive = false
        }
        if !exchange.keepsAlive {
            headers.add(name: "Connection", value: "close")
        } else if exchange.minorVersion == 0 {
            headers.add(name: "Connection", value: "keep-alive")
        }
        exchange.source = source
        let head = HTTPResponseHead(
            version: exchange.minorVersion == 1 ? .http1_1 : .http1_0, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        pump()
    }

    private func fields(of response: WebResponse) -> HTTPHeaders {
        let common = core.security.headers
        var headers = HTTPHeaders()
        headers.reserveCapacity(response.headers.count + common.count + 4)
        headers.add(name: "Date", value: core.date())
        for (name, value) in response.headers {
            guard !Self.framingFields.contains(name.lowercased()), Self.isSound(name), Self.isSound(value) else {
                continue
            }
            headers.add(name: name, value: value)
        }
        // A page that brings a stricter policy of its own keeps it.
        for (name, value) in common where !headers.contains(name: name) {
            headers.add(name: name, value: value)
        }
        return headers
    }

    /// A line break in a field would let its text pass for a further field.
    static func isSound(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x09 } }

    /// Writes while the socket takes more. Called when an answer begins and whenever the socket has drained; a flush
    /// inside can bring that about at once, hence the flag.
    func pump() {
        guard !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        // Ending one answer may begin the next: the loop goes on with whatever is at hand.
        while let context, let exchange, exchange.source != nil {
            guard context.channel.isWritable else { return context.flush() }
            if let bytes = exchange.source?.next(context.channel.allocator) {
                exchange.sentBytes += bytes.readableBytes
                context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
                guard exchange.source?.isExhausted == true else {
                    context.flush()
                    continue
                }
            }
            exchange.source = nil
            finish(exchange, context)
        }
    }

    private func finish(_ exchange: Exchange, _ context: ChannelHandlerContext) {
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success: self.answerEnded(exchange)
            case .failure: if self.exchange === exchange { self.close() }
            }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }
}

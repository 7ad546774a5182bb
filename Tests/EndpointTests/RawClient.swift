import NIOCore
import NIOPosix
import NIOSSL

/// A client that sends bytes as they are and shows what comes back.
final class RawClient {
    /// An answer taken apart.
    struct Answer {
        let status: Int
        let head: String
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func field(_ name: String) -> String? {
            for line in head.split(separator: "\r\n").dropFirst() {
                guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                    continue
                }
                return String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            return nil
        }
    }

    struct Closed: Error {}

    private let channel: any Channel
    private var bytes: AsyncStream<[UInt8]>.Iterator
    private var buffer: [UInt8] = []

    private init(_ channel: any Channel, _ bytes: AsyncStream<[UInt8]>) {
        self.channel = channel
        self.bytes = bytes.makeAsyncIterator()
    }

    static func connect(
        _ port: Int, host: String = "127.0.0.1", tls: TLSConfiguration? = nil, reads: Bool = true
    ) async throws -> RawClient {
        try await connect(to: SocketAddress(ipAddress: host, port: port), tls: tls, reads: reads)
    }

    static func connect(
        to address: SocketAddress, tls: TLSConfiguration? = nil, reads: Bool = true
    ) async throws -> RawClient {
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context {
                        try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    }
                    try pipeline.addHandler(Collector(continuation))
                }
            }
            .connect(to: address).get()
        return RawClient(channel, stream)
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(channel.allocator.buffer(bytes: bytes)).get()
    }

    /// Ends our side only.
    func sendEnd() async throws { try await channel.close(mode: .output).get() }

    func close() async { try? await channel.close().get() }

    /// Whatever comes until the server closes.
    func readToEnd() async -> String {
        while let more = await bytes.next(isolation: #isolation) { buffer += more }
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
    }

    /// The next answer with its body; of an answer to HEAD no body is expected.
    func readAnswer(toHead: Bool = false) async throws -> Answer {
        let head = try await take { Self.end(of: "\r\n\r\n", in: $0, from: 0) }
        let text = String(decoding: head, as: UTF8.self)
        let status = Int(text.dropFirst(9).prefix(3)) ?? 0
        let answer = Answer(status: status, head: text, body: [])
        if toHead || status == 100 { return answer }
        if answer.field("Transfer-Encoding") == "chunked" {
            return Answer(status: status, head: text, body: try await readChunks())
        }
        guard let length = answer.field("Content-Length").flatMap({ Int($0) }) else {
            return Answer(status: status, head: text, body: Array(await readToEnd().utf8))
        }
        return Answer(status: status, head: text, body: try await take { $0.count >= length ? length : nil })
    }

    private func readChunks() async throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try await take { Self.end(of: "\r\n", in: $0, from: 0) }
            let size = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) ?? 0
            let chunk = try await take { $0.count >= size + 2 ? size + 2 : nil }
            guard size > 0 else { return body }
            body += chunk.dropLast(2)
        }
    }

    private func take(_ length: ([UInt8]) -> Int?) async throws -> [UInt8] {
        while true {
            if let length = length(buffer) {
                defer { buffer.removeFirst(length) }
                return Array(buffer[..<length])
            }
            guard let more = await bytes.next(isolation: #isolation) else { throw Closed() }
            buffer += more
        }
    }

    private static func end(of mark: String, in bytes: [UInt8], from start: Int) -> Int? {
        let mark = Array(mark.utf8)
        guard bytes.count >= mark.count else { return nil }
        for index in start...(bytes.count - mark.count) where bytes[index..<(index + mark.count)].elementsEqual(mark) {
            return index + mark.count
        }
        return nil
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let continuation: AsyncStream<[UInt8]>.Continuation

        init(_ continuation: AsyncStream<[UInt8]>.Continuation) { self.continuation = continuation }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(Array(buffer: unwrapInboundIn(data)))
        }

        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        func handlerRemoved(context: ChannelHandlerContext) { continuation.finish() }
    }
}

/// The status codes of all answers in what a server sent.
func statuses(in text: String) -> [Int] {
    text.split(separator: "HTTP/1.").dropFirst(text.hasPrefix("HTTP/1.") ? 0 : 1).compactMap {
        Int($0.dropFirst(2).prefix(3))
    }
}

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that sends exactly the bytes that a script says, whether they are HTTP or not.
final class ScriptedServer: Sendable {
    /// What is done after a request's head has come.
    enum Step: Sendable {
        /// Sends this.
        case send(String)
        /// Sends zeros of this many bytes, as fast as they are taken; stops when the connection ends.
        case flood(Int)
        /// Closes the connection.
        case close
        /// Takes what comes next for the beginning of a TLS handshake.
        case startTLS
    }

    /// A request's head, and where it stands.
    struct Request: Sendable {
        let connection: Int
        let number: Int
        let head: String

        /// The request line.
        var line: String { String(head.prefix { $0 != "\r\n" && $0 != "\r" }) }

        func has(_ field: String) -> Bool { head.lowercased().contains("\r\n\(field.lowercased())") }
    }

    typealias Script = @Sendable (Request) -> [Step]

    private struct State {
        var requests: [Request] = []
        var connections = 0
        var bytesSent = 0
        var channels: [any Channel] = []
    }

    private let state = Mutex(State())
    private let listener: any Channel
    let host: String
    var port: Int { listener.localAddress?.port ?? 0 }
    var url: String { "http://\(host):\(port)" }
    var httpsURL: String { "https://\(host):\(port)" }
    var requests: [Request] { state.withLock { $0.requests } }
    var connections: Int { state.withLock { $0.connections } }
    var bytesSent: Int { state.withLock { $0.bytesSent } }

    private init(host: String, listener: any Channel) {
        self.host = host
        self.listener = listener
    }

    /// Runs a body with such a server and ends it in any case.
    static func with<Value>(
        host: String = "127.0.0.1", isTLS: Bool = false, closesAtOnce: Bool = false, _ script: @escaping Script,
        _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let box = Box()
        let security = try serverSecurity()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isTLS {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security))
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(server: box, script: script, security: security, closesAtOnce: closesAtOnce))
                }
            }
            .bind(host: host, port: 0).get()
        let server = ScriptedServer(host: host, listener: listener)
        box.server.withLock { $0 = server }
        do {
            let value = try await body(server)
            await server.stop()
            return value
        } catch {
            await server.stop()
            throw error
        }
    }

    private func stop() async {
        try? await listener.close().get()
        await closeConnections()
    }

    /// Closes all connections, as a server does that has been idle long enough.
    func closeConnections() async {
        let channels = state.withLock { state in
            defer { state.channels = [] }
            return state.channels
        }
        for channel in channels { try? await channel.close().get() }
    }

    private static func serverSecurity() throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: Array(TestCertificates.server.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(TestCertificates.serverKey.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
    }

    /// Known to the handlers before the server is bound.
    private final class Box: Sendable {
        let server = Mutex<ScriptedServer?>(nil)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let box: Box
        private let script: Script
        private let security: NIOSSLContext
        /// Closes each connection before anything came.
        private let closesAtOnce: Bool
        private var server: ScriptedServer? { box.server.withLock(\.self) }
        private var connection = 0
        private var number = 0
        private var text = ""
        private var flood = 0

        init(server: Box, script: @escaping Script, security: NIOSSLContext, closesAtOnce: Bool) {
            box = server
            self.closesAtOnce = closesAtOnce
            self.script = script
            self.security = security
        }

        func channelActive(context: ChannelHandlerContext) {
            let channel = context.channel
            connection =
                server?.state.withLock { state in
                    state.connections += 1
                    state.channels.append(channel)
                    return state.connections
                } ?? 0
            context.fireChannelActive()
            if closesAtOnce { context.close(promise: nil) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            while let end = text.firstRange(of: "\r\n\r\n") {
                number += 1
                let request = Request(connection: connection, number: number, head: String(text[..<end.upperBound]))
                text.removeSubrange(..<end.upperBound)
                server?.state.withLock { $0.requests.append(request) }
                for step in script(request) { perform(step, context: context) }
            }
        }

        private func perform(_ step: Step, context: ChannelHandlerContext) {
            switch step {
            case .send(let text):
                context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
            case .flood(let count):
                flood = count
                pump(context)
            case .close:
                context.close(promise: nil)
            case .startTLS:
                let handler = NIOSSLServerHandler(context: security)
                do {
                    try context.channel.pipeline.syncOperations.addHandler(handler, position: .first)
                } catch {
                    context.close(promise: nil)
                }
            }
        }

        private func pump(_ context: ChannelHandlerContext) {
            guard flood > 0, context.channel.isActive else { return }
            let count = min(flood, 64 << 10)
            flood -= count
            let server = server
            let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
            let boundSelf = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.writeAndFlush(NIOAny(ByteBuffer(repeating: 0x20, count: count))).whenSuccess {
                server?.state.withLock { $0.bytesSent += count }
                boundSelf.value.pump(loopBound.value)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

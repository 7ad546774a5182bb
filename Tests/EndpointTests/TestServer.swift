import Logging
import NIOPosix

@testable import Endpoint

/// A server on a loopback port of its own.
struct TestServer {
    let server: WebServer
    let port: Int

    static let routes = [
        WebRoute(path: "/", methods: ["GET"], handler: "index"),
        WebRoute(path: "/metrics", methods: ["GET", "HEAD"], handler: "metrics"),
        WebRoute(path: "/-/healthy", methods: ["GET"], handler: "healthy", needsAuthentication: false),
        WebRoute(path: "/-/reload", methods: ["POST"], handler: "reload"),
    ]

    /// Runs a server for as long as the body takes.
    @discardableResult
    static func run<Result>(
        _ responder: TestResponder = TestResponder(), limits: WebLimits = WebLimits(),
        security: WebSecurity = .none, maxRequests: Int = 40, address: ListenAddress = .tcp(host: "127.0.0.1", port: 0),
        _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let server = WebServer(
            group: MultiThreadedEventLoopGroup.singleton, routes: routes, limits: limits, security: security,
            responder: responder, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            maxRequests: maxRequests)
        do {
            let bound = try await server.bind(address)
            let port = bound.split(separator: ":").last.flatMap { Int($0) } ?? 0
            let result = try await body(TestServer(server: server, port: port))
            await server.stop(within: .zero)
            return result
        } catch {
            await server.stop(within: .zero)
            throw error
        }
    }

    /// Sends one request on a connection of its own, and reads its answer.
    func get(_ path: String, method: String = "GET", fields: [String] = []) async throws -> RawClient.Answer {
        let client = try await RawClient.connect(port)
        let lines = ["\(method) \(path) HTTP/1.1", "Host: test"] + fields + ["", ""]
        try await client.send(lines.joined(separator: "\r\n"))
        let answer = try await client.readAnswer(toHead: method == "HEAD")
        await client.close()
        return answer
    }
}

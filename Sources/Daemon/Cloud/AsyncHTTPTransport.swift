import AsyncHTTPClient
import FunctionGraph
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Settings
import Synchronization

/// The cloud side's HTTP client: ``FunctionGraph/Transport`` over AsyncHTTPClient.
///
/// Two clients share one event loop, because a proxy is a property of a client there: one goes through the
/// proxy, the other straight. Redirects are never followed, since a redirect would carry credentials to a host
/// nobody configured; HTTP/1.1 only, since HTTP/2 costs more CPU for requests as small as these.
final class AsyncHTTPTransport: Transport {
    /// What a transport is made of; a change of any of it makes a new transport.
    struct Options: Sendable, Equatable {
        /// The oldest version that is spoken.
        var minimumVersion: Settings.TLSVersion
        /// Trusted besides the system's roots.
        var authorities: [NIOSSLCertificate] = []
        /// Which URL goes through which proxy; `nil`: all go straight.
        var proxy: ProxySettings?
        /// The longest time between two reads of one answer.
        var readTimeout: Duration
    }

    private let direct: HTTPClient
    private let proxied: [ProxyClient]
    private let proxy: ProxySettings?
    /// Whose timers bound the reading of a body.
    private let eventLoop: any EventLoop
    private let requestsUnderWay = Atomic<Int>(0)

    /// - Parameters:
    ///   - options: TLS, proxy and timeouts.
    ///   - group: the event loop group shared with the endpoint.
    init(options: Options, group: any EventLoopGroup, connections: ConnectionCounter) {
        proxy = options.proxy
        eventLoop = group.next()
        direct = HTTPClient(
            eventLoopGroupProvider: .shared(group),
            configuration: Self.configuration(options, proxy: nil, connections: connections))
        var clients: [ProxyClient] = []
        for url in Set([options.proxy?.httpsURL, options.proxy?.httpURL].compactMap(\.self)) {
            guard let address = ProxyAddress(url: url) else { continue }
            let client = HTTPClient(
                eventLoopGroupProvider: .shared(group),
                configuration: Self.configuration(options, proxy: address, connections: connections))
            clients.append(ProxyClient(address: address, client: client))
        }
        proxied = clients
    }

    /// A client whose requests all go through one proxy.
    private struct ProxyClient {
        let address: ProxyAddress
        let client: HTTPClient
    }

    /// Requests this transport is working on; a replaced transport is closed when it comes to 0.
    var inFlight: Int { requestsUnderWay.load(ordering: .relaxed) }

    func send(_ request: CloudRequest) async throws(TransportError) -> CloudResponse {
        requestsUnderWay.add(1, ordering: .relaxed)
        defer { requestsUnderWay.subtract(1, ordering: .relaxed) }
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        // One attempt is one request. A kept-alive connection that the server closed in the meantime fails like any
        // other: a further try is the schedule's, which takes a token for it, counts it and has it signed anew.
        do {
            return try await exchange(request, deadline: deadline)
        } catch {
            throw TransportErrorMapping.map(error)
        }
    }

    /// Closes all connections; requests under way fail as cancelled. The client waits for handshakes that it has begun;
    /// one that nobody answers is left to itself after a second, because stopping must not wait for the cloud.
    func shutdown() async {
        for client in [direct] + proxied.map(\.client) {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let reply = OneReply(continuation)
                _ = eventLoop.scheduleTask(in: .seconds(1)) { reply.resume(returning: ()) }
                client.shutdown { _ in reply.resume(returning: ()) }
            }
        }
    }

    private func exchange(_ request: CloudRequest, deadline: NIODeadline) async throws -> CloudResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        let response = try await client(for: request).execute(outgoing, deadline: deadline)
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        var answer = CloudResponse(status: Int(response.status.code), headers: fields)
        guard let body = try await collect(response, upTo: request.maximumBodyBytes, deadline: deadline) else {
            throw TransportErrorMapping.bodyTooLarge(limit: request.maximumBodyBytes, head: answer)
        }
        answer.body = body
        return answer
    }

    private func client(for request: CloudRequest) -> HTTPClient {
        guard request.usesProxy, let address = proxy?.proxy(for: request.baseURL) else { return direct }
        return proxied.first { $0.address == address }?.client ?? direct
    }

    /// Reads the body within its bounds of size and time. The deadline given to `execute` ends with the head of the
    /// answer, and the read timeout begins anew with each part: the time is kept here, so that a body that stalls or
    /// trickles takes no longer than the request may.
    /// - Returns: nil for a body that is larger.
    private func collect(
        _ response: HTTPClientResponse, upTo limit: Int, deadline: NIODeadline
    ) async throws -> [UInt8]? {
        if let length = response.headers.first(name: "content-length").flatMap(Int.init), length > limit { return nil }
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { [eventLoop] group in
            group.addTask { try await Self.read(response.body, upTo: limit) }
            group.addTask {
                await LoopSleep.until(deadline, on: eventLoop)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// - Returns: nil for a body that is larger.
    private static func read(_ parts: HTTPClientResponse.Body, upTo limit: Int) async throws -> [UInt8]? {
        var body: [UInt8] = []
        for try await part in parts {
            guard body.count + part.readableBytes <= limit else { return nil }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    private static func proxy(_ address: ProxyAddress) -> HTTPClient.Configuration.Proxy {
        let login = address.user.map {
            HTTPClient.Authorization.basic(username: $0, password: address.password?.reveal() ?? "")
        }
        return .server(host: address.host, port: address.port, authorization: login)
    }

    private static func configuration(
        _ options: Options, proxy: ProxyAddress?, connections: ConnectionCounter
    ) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = options.minimumVersion == .tls13 ? .tlsv13 : .tlsv12
        if !options.authorities.isEmpty { tls.additionalTrustRoots = [.certificates(options.authorities)] }
        let read = TimeAmount(options.readTimeout)
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: read, read: read),
            proxy: proxy.map(Self.proxy))
        configuration.httpVersion = .http1Only
        // A poll each minute must find its connection still open.
        configuration.connectionPool.idleTimeout = .seconds(100)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        // Otherwise a refused connection costs the whole connect timeout; backing off is the schedule's work.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            connections.connectionOpened()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return configuration
    }
}

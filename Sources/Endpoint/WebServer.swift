public import Logging
public import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// An HTTP/1.1 server with several listeners, all on one event loop.
///
/// It checks what comes in, finds the route, asks for the password, and hands the request to the responder; framing,
/// time limits and errors of form are its own.
public final class WebServer: Sendable {
    private let loop: any EventLoop
    private let core: NIOLoopBoundBox<ServerCore>
    private let security: SharedSecurity

    /// - Parameters:
    ///   - group: one of its event loops carries everything.
    ///   - routes: by exact path; the first of two with the same path counts.
    ///   - limits: what a client may take.
    ///   - security: TLS, password, headers and rate limit to begin with.
    ///   - responder: answers.
    ///   - logger: one debug line a request, a warning where accepting fails.
    ///   - maxRequests: requests of the handler `metrics` that are served at once, 0 for any number; more get 503.
    public init(
        group: any EventLoopGroup, routes: [WebRoute], limits: WebLimits = WebLimits(),
        security: WebSecurity = .none, responder: any WebResponder, logger: Logger, maxRequests: Int = 40
    ) {
        var limits = limits
        limits.connections = max(1, min(limits.connections, Descriptors.limit / 2))
        let loop = group.next()
        let sharedSecurity = SharedSecurity(security)
        self.loop = loop
        self.security = sharedSecurity
        core = NIOLoopBoundBox.makeBoxSendingValue(
            ServerCore(
                loop: loop, routes: routes, limits: limits, security: sharedSecurity, responder: responder,
                logger: logger, maxRequests: maxRequests),
            eventLoop: loop)
    }

    /// Opens a listener.
    ///
    /// - Returns: the address that was bound, as `host:port`, with the port that the system chose where 0 was asked for.
    /// - Throws: what kept it from listening.
    @discardableResult
    public func bind(_ address: ListenAddress) async throws(BindFault) -> String {
        try await Listener(loop: loop, core: core).bind(address)
    }

    /// Puts another security in force, for new connections (TLS) and new requests (all else).
    public func replaceSecurity(_ security: WebSecurity) {
        self.security.current = security
    }

    /// Whether the event loop answers and every listener listens. Cancelling the task ends the wait with false, so
    /// that a loop that hangs can be noticed in time.
    public func probe() async -> Bool {
        let waiter = Mutex<CheckedContinuation<Bool, Never>?>(nil)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiter.withLock { $0 = continuation }
                guard !Task.isCancelled else { return Self.resume(waiter, false) }
                loop.execute { [core] in Self.resume(waiter, core.value.isListening) }
            }
        } onCancel: {
            Self.resume(waiter, false)
        }
    }

    private static func resume(_ waiter: borrowing Mutex<CheckedContinuation<Bool, Never>?>, _ answer: Bool) {
        let continuation = waiter.withLock { waiter in
            defer { waiter = nil }
            return waiter
        }
        continuation?.resume(returning: answer)
    }

    /// The connections that are open now.
    public func connectionCount() async -> Int {
        (try? await loop.submit { [core] in core.value.connectionCount }.get()) ?? 0
    }

    /// Closes the listeners and quiet connections, lets answers under way finish, answers who has just connected, and
    /// cuts what is left at the bound.
    ///
    /// - Parameter bound: how long answers under way may still take.
    public func stop(within bound: Duration) async {
        let ended = loop.flatSubmit { [core] in core.value.beginStop() }
        let force = loop.scheduleTask(in: TimeAmount(bound)) { [core] in core.value.forceStop() }
        try? await ended.get()
        force.cancel()
    }
}

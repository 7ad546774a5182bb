internal import Glibc
internal import Logging
internal import NIOCore

/// What all connections of a server share. Lives on the server's event loop and is touched nowhere else.
final class ServerCore {
    /// What requests are counted under that no route answers.
    static let otherHandler = "other"
    /// The handler of which only so many requests are served at once.
    static let scrapeHandler = "metrics"

    let loop: any EventLoop
    let routes: [String: WebRoute]
    let limits: WebLimits
    let responder: any WebResponder
    let logger: Logger
    let maxRequests: Int
    private let sharedSecurity: SharedSecurity
    private(set) var isStopping = false
    private var listeners: [any Channel] = []
    private var acceptors: [AcceptHandler] = []
    private var connections: [ObjectIdentifier: ConnectionHandler] = [:]
    private var scrapes = 0
    private var limiter: RateLimiter?
    private let authenticator: Authenticator
    private var dateText: (second: Int, text: String) = (-1, "")
    private var isAcceptPaused = false
    private var isAcceptFailing = false
    /// Said once, until a connection was accepted again.
    private var isAcceptFaultKnown = false
    private var isMakingRoom = false
    private var allEnded: EventLoopPromise<Void>?
    private var stopped: EventLoopFuture<Void>?

    init(
        loop: any EventLoop, routes: [WebRoute], limits: WebLimits, security: SharedSecurity,
        responder: any WebResponder, logger: Logger, maxRequests: Int
    ) {
        self.loop = loop
        self.routes = Dictionary(routes.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        self.limits = limits
        sharedSecurity = security
        self.responder = responder
        self.logger = logger
        self.maxRequests = maxRequests
        limiter = security.current.rate.map { RateLimiter($0, now: .now()) }
        authenticator = Authenticator(loop: loop, waitingChecks: limits.waitingPasswordChecks)
    }

    /// What is in force now.
    var security: WebSecurity { sharedSecurity.current }

    // MARK: Connections

    /// Whether one more connection is taken. Where there are too many, the one that has been quiet longest makes room;
    /// where all are busy, no more are accepted until one ends or falls quiet.
    func makeRoom() -> Bool {
        guard !isStopping else { return false }
        if connections.count < limits.connections { return true }
        guard let quiet = connections.values.filter(\.isIdle).min(by: { $0.waitingSince < $1.waitingSince }) else {
            pauseAccept()
            return false
        }
        // The room is for the one that asked, not for those who wait.
        isMakingRoom = true
        quiet.close()
        isMakingRoom = false
        return true
    }

    func connectionBegan(_ connection: ConnectionHandler) {
        connections[ObjectIdentifier(connection)] = connection
        isAcceptFaultKnown = false
    }

    func connectionEnded(_ connection: ConnectionHandler) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        resumeAccept()
        if isStopping, connections.isEmpty { finishStop() }
    }

    /// A connection has nothing to do, so it could make room for another.
    func connectionIsIdle() {
        resumeAccept()
    }

    var connectionCount: Int { connections.count }

    // MARK: Listeners

    /// Answers false where the server has stopped meanwhile.
    func add(_ listener: any Channel) -> Bool {
        if isStopping {
            listener.close(promise: nil)
            return false
        }
        listeners.append(listener)
        return true
    }

    func add(_ acceptor: AcceptHandler) { acceptors.append(acceptor) }

    func remove(_ acceptor: AcceptHandler) { acceptors.removeAll { $0 === acceptor } }

    /// Whether there are listeners and all of them listen.
    var isListening: Bool { !isStopping && !listeners.isEmpty && listeners.allSatisfy(\.isActive) }

    /// Accepting failed, most likely for want of descriptors: nothing is tried for a second. An accept that failed
    /// stays due, so a mere pause between reads would have it tried again at once, for ever.
    func acceptFailed(_ error: any Error) {
        if !isAcceptFaultKnown {
            isAcceptFaultKnown = true
            logger.warning("cannot accept connections, trying again each second", metadata: ["error": "\(error)"])
        }
        isAcceptFailing = true
        pauseAccept()
    }

    private func pauseAccept() {
        guard !isAcceptPaused else { return }
        isAcceptPaused = true
        for listener in listeners { listener.setOption(.autoRead, value: false).whenFailure { _ in } }
        scheduleResume()
    }

    /// Looks again every second: descriptors may be had again, or a new connection have kept silent for too long.
    private func scheduleResume() {
        loop.assumeIsolated().scheduleTask(in: .seconds(1)) { [weak self] in
            guard let self else { return }
            self.isAcceptFailing = false
            self.resumeAccept()
            if self.isAcceptPaused, !self.isStopping { self.scheduleResume() }
        }
    }

    private func resumeAccept() {
        guard isAcceptPaused, !isAcceptFailing, !isMakingRoom, !isStopping else { return }
        for acceptor in acceptors where !acceptor.admitWaiting() { return }
        isAcceptPaused = false
        for listener in listeners { listener.setOption(.autoRead, value: true).whenFailure { _ in } }
    }

    // MARK: Requests

    /// Whether the rate limit lets one more request through. Counts it if so.
    func isAdmittedByRate() -> Bool {
        let rate = security.rate
        if rate != limiter?.rate { limiter = rate.map { RateLimiter($0, now: .now()) } }
        return limiter?.admits(now: .now()) ?? true
    }

    /// When the next request has a chance.
    var retryAfter: [(String, String)] {
        guard let rate = security.rate else { return [] }
        return [("Retry-After", String(max(1, rate.interval.components.seconds)))]
    }

    func authenticate(_ request: WebRequest) -> Authenticator.Verdict {
        let security = security
        guard !security.users.isEmpty else { return .allowed }
        return authenticator.check(
            request.values(of: "Authorization"), users: security.users, dummyHash: security.dummyHash)
    }

    /// Takes one of the places for scrapes where the exchange is one.
    func admitsScrape(_ exchange: Exchange) -> Bool {
        guard exchange.handler == Self.scrapeHandler, maxRequests > 0 else { return true }
        guard scrapes < maxRequests else { return false }
        scrapes += 1
        exchange.holdsScrape = true
        return true
    }

    /// Gives the place back when neither responder nor client needs it any more.
    func settle(_ exchange: Exchange) {
        guard exchange.holdsScrape, exchange.isOver, !exchange.isResponding else { return }
        exchange.holdsScrape = false
        scrapes -= 1
    }

    func count(_ exchange: Exchange, status: Int) {
        guard !exchange.isCounted else { return }
        exchange.isCounted = true
        responder.requestEnded(handler: exchange.handler, status: status)
    }

    func logAccess(_ exchange: Exchange) {
        logger.debug(
            "request",
            metadata: [
                "method": "\(exchange.method)", "path": "\(exchange.path)", "handler": "\(exchange.handler)",
                "status": "\(exchange.status)", "bytes": "\(exchange.sentBytes)",
                "milliseconds": "\((NIODeadline.now() - exchange.began).nanoseconds / 1_000_000)",
            ])
    }

    /// The value of `Date`, made once a second.
    func date() -> String {
        let second = time(nil)
        if second != dateText.second { dateText = (second, HTTPDate.text(unixSeconds: second)) }
        return dateText.text
    }

    // MARK: The end

    /// Stops listening and ends what is quiet. The future is fulfilled when the last connection has ended.
    func beginStop() -> EventLoopFuture<Void> {
        if let stopped { return stopped }
        let promise = loop.makePromise(of: Void.self)
        allEnded = promise
        stopped = promise.futureResult
        isStopping = true
        for listener in listeners { listener.close(promise: nil) }
        for connection in Array(connections.values) { connection.stop() }
        if connections.isEmpty { finishStop() }
        return promise.futureResult
    }

    /// Cuts what is left.
    func forceStop() {
        for connection in Array(connections.values) { connection.close() }
        // TLS says goodbye before it goes; nobody waits for that.
        finishStop()
    }

    private func finishStop() {
        allEnded?.succeed()
        allEnded = nil
    }
}

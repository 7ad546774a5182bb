internal import NIOCore
internal import NIOHTTP1

/// From a whole request to an answer.
extension ConnectionHandler {
    func answer(_ head: HTTPRequestHead, _ framing: RequestFraming) {
        phase = .answering
        arm(core.limits.answer)
        guard let target = RequestTarget(framing.target) else {
            return refuse(.malformed("the request's target cannot be read"))
        }
        let route = core.routes[target.path]
        let exchange = Exchange(
            method: framing.method, path: target.path, minorVersion: framing.minorVersion,
            handler: route?.handler ?? ServerCore.otherHandler,
            keepsAlive: head.isKeepAlive && !framing.asksForUpgrade && !core.isStopping)
        self.exchange = exchange
        let request = WebRequest(
            method: framing.method, path: target.path, rawQuery: target.rawQuery, fields: head.headers)
        guard route?.needsAuthentication ?? true else { return dispatch(request, route, exchange) }
        guard core.isAdmittedByRate() else { return send(.text(429, "Too Many Requests\n", headers: core.retryAfter)) }
        switch core.authenticate(request) {
        case .allowed: dispatch(request, route, exchange)
        case .denied: deny()
        case .busy: send(.text(503, "too many password checks are waiting\n", headers: [("Retry-After", "1")]))
        case .pending(let verdict):
            verdict.assumeIsolated().whenComplete { result in
                guard self.exchange === exchange, self.phase == .answering, exchange.status == 0 else { return }
                guard case .success(true) = result else { return self.deny() }
                self.dispatch(request, route, exchange)
            }
        }
    }

    private func deny() {
        let challenge = ("WWW-Authenticate", "Basic realm=\"metrics\", charset=\"UTF-8\"")
        send(.text(401, "Unauthorized\n", headers: [challenge]))
    }

    private func dispatch(_ request: WebRequest, _ route: WebRoute?, _ exchange: Exchange) {
        guard let route else { return send(.text(404, "Not Found\n")) }
        guard route.allows(request.method) else {
            return send(.text(405, "Method Not Allowed\n", headers: [("Allow", route.allow)]))
        }
        guard core.admitsScrape(exchange) else {
            return send(
                .text(503, "Limit of concurrent requests reached (\(core.maxRequests)), try again later.\n"))
        }
        exchange.isResponding = true
        let answer = core.loop.makeFutureWithTask { [responder = core.responder] in await responder.respond(request) }
        answer.assumeIsolated().whenComplete { result in
            exchange.isResponding = false
            self.core.settle(exchange)
            let response = (try? result.get()) ?? .text(500, "Internal Server Error\n")
            // A client that is gone, or was told that it takes too long, leaves an answer that nobody reads.
            guard self.exchange === exchange, self.phase == .answering, exchange.status == 0 else {
                return self.core.count(exchange, status: response.status)
            }
            self.send(response)
        }
    }

    /// Answers a request that no responder gets to see, and ends the connection.
    func refuse(_ refusal: Refusal) {
        phase = .answering
        exchange = Exchange(
            method: "", path: "", minorVersion: framing?.minorVersion ?? 1, handler: ServerCore.otherHandler,
            keepsAlive: false)
        arm(core.limits.answer)
        send(.text(refusal.status, refusal.message + "\n"))
    }

    /// A method that the HTTP parser does not know: the same answer as to one that a route does not allow.
    func refuseMethod(_ framing: RequestFraming) {
        gate.discard()
        let route = RequestTarget(framing.target).flatMap { core.routes[$0.path] }
        phase = .answering
        exchange = Exchange(
            method: framing.method, path: "", minorVersion: framing.minorVersion,
            handler: route?.handler ?? ServerCore.otherHandler, keepsAlive: false)
        arm(core.limits.answer)
        guard let route else { return send(.text(404, "Not Found\n")) }
        send(.text(405, "Method Not Allowed\n", headers: [("Allow", route.allow)]))
    }
}

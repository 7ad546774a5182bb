import Endpoint
import Exposition
import NIOCore

/// What each path answers. The endpoint knows sockets and no metrics; this knows metrics and no sockets.
struct WebPages: WebResponder {
    let metrics: Metrics
    let cloud: CloudSide
    let mailbox: PollMailbox
    let readiness: Readiness
    let reload: ReloadState
    let reloader: ReloadMailbox
    let eventLoop: any EventLoop
    let options: WebOptions

    /// How long the poll loop may take to answer for `/-/healthy`.
    private static let probePatience: Duration = .seconds(3)

    /// The label values of `handler`, and the paths they stand for.
    static func routes(_ options: WebOptions) -> [WebRoute] {
        [
            WebRoute(path: options.telemetryPath, methods: ["GET"], handler: "metrics"),
            WebRoute(path: "/", methods: ["GET"], handler: "index"),
            WebRoute(path: "/api/v1/functions", methods: ["GET"], handler: "api"),
            WebRoute(path: "/-/healthy", methods: ["GET"], handler: "healthy", needsAuthentication: false),
            WebRoute(path: "/-/ready", methods: ["GET"], handler: "ready", needsAuthentication: false),
            WebRoute(path: "/-/reload", methods: ["POST"], handler: "reload"),
        ]
    }

    func requestEnded(handler: String, status: Int) {
        metrics.web.count(handler: handler, code: status)
    }

    func respond(_ request: WebRequest) async -> WebResponse {
        switch request.path {
        case options.telemetryPath: scrape(request)
        case "/": await index(request)
        case "/api/v1/functions": await functions()
        case "/-/healthy": await healthy()
        case "/-/ready": ready()
        case "/-/reload": await reloadNow()
        default: .text(404, "not found\n")
        }
    }

    private func scrape(_ request: WebRequest) -> WebResponse {
        metrics.process.refresh()
        metrics.exporter.set(inFlight: cloud.inFlight)
        let negotiated = MetricsForm.negotiate(accept: request.accept)
        let form: ExpositionForm = negotiated.form == .openMetrics ? .openMetrics : .text
        var headers = [("Content-Type", negotiated.contentType), ("Vary", "Accept, Accept-Encoding")]
        guard request.acceptsGzip else {
            let source = metrics.registry.pieces(form)
            return WebResponse(status: 200, headers: headers, body: .stream { source.next() })
        }
        headers.append(("Content-Encoding", "gzip"))
        return WebResponse(status: 200, headers: headers, body: .pieces(metrics.registry.gzip(form)))
    }

    private func index(_ request: WebRequest) async -> WebResponse {
        guard let status = await mailbox.status() else { return .text(503, "stopping\n") }
        let page = StatusPage(
            status: status, clockSkewSeconds: cloud.clockSkewSeconds, reload: reload.current,
            view: StatusView(request.query), options: options)
        return WebResponse(status: 200, headers: page.headers, body: .bytes(page.document()))
    }

    private func functions() async -> WebResponse {
        guard let status = await mailbox.status() else { return .text(503, "stopping\n") }
        return WebResponse(
            status: 200,
            headers: [
                ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
            body: .stream(FunctionsJSON.pieces(status.functions)))
    }

    private func healthy() async -> WebResponse {
        // That the listener answers is shown by this answer.
        guard await mailbox.probe(within: Self.probePatience, on: eventLoop) else {
            return .text(503, "not healthy: the poll loop does not answer\n")
        }
        return .text(200, "healthy\n")
    }

    private func ready() -> WebResponse {
        switch readiness.current {
        case .ready: .text(200, "ready\n")
        case .starting: .text(503, "not ready: starting\n")
        case .stopping: .text(503, "not ready: stopping\n")
        }
    }

    private func reloadNow() async -> WebResponse {
        guard options.isLifecycleEnabled else {
            return .text(403, "reloading over HTTP is off: start with --web.enable-lifecycle\n")
        }
        guard let faults = await reloader.reload() else { return .text(503, "stopping\n") }
        guard !faults.isEmpty else { return .text(200, "reloaded\n") }
        return .text(422, faults.map { "\($0)\n" }.joined())
    }
}

import Endpoint
import ServiceLifecycle

/// Keeps the listeners, which are bound before the services start, and ends them: scrapes under way finish.
struct EndpointService: Service {
    let server: WebServer

    /// How long answers under way may take once the daemon stops; the whole stop takes less than 5 s.
    static let stopPatience: Duration = .seconds(3)

    func run() async throws {
        try? await gracefulShutdown()
        await server.stop(within: Self.stopPatience)
    }
}

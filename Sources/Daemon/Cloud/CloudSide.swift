public import FunctionGraph
import Logging
import NIOCore
import NIOSSL
public import Settings
import Synchronization

/// Everything that goes out: the transport in force and the clients made on it.
final class CloudSide: Sendable {
    private let group: any EventLoopGroup
    private let environment: [String: String]
    private let metrics: Metrics
    private let clock: DaemonClock
    private let skew: SkewWatch
    private let connections = ConnectionCounter()
    /// Of all accounts, before and after a reload.
    private let knownSecrets = KnownSecrets()
    private let transport: TransportSwitch
    private let options: Mutex<AsyncHTTPTransport.Options>

    init(
        _ configuration: Configuration, authorities: [NIOSSLCertificate], group: any EventLoopGroup,
        environment: [String: String], metrics: Metrics, clock: DaemonClock, logger: Logger
    ) {
        self.group = group
        self.environment = environment
        self.metrics = metrics
        self.clock = clock
        skew = SkewWatch(metrics: metrics.exporter, logger: logger)
        let options = Self.options(configuration, authorities, environment)
        self.options = Mutex(options)
        transport = TransportSwitch(AsyncHTTPTransport(options: options, group: group, connections: connections))
    }

    /// Requests under way.
    var inFlight: Int { transport.inFlight }

    /// Local minus cloud, of the host whose clock is farthest away; `nil` before the first answer.
    var clockSkewSeconds: Double? { skew.seconds }

    /// A client for a configuration's endpoints.
    func client(_ configuration: Configuration) -> CloudClient {
        CloudClient(
            transport: transport, endpoints: configuration.endpoints, now: clock.unixSeconds,
            observer: { [metrics, skew] call in
                metrics.api.observe(call)
                if let seconds = call.clockSkewSeconds {
                    skew.observe(seconds, host: call.authority, now: CloudClient.systemMonotonicNow())
                }
            },
            userAgent: "functiongraph-exporter/\(BuildVersion.current.version)", knownSecrets: knownSecrets)
    }

    /// Brings TLS, proxy and timeouts in line with a configuration.
    ///
    /// - Returns: The transport that was replaced, to be closed once it is idle; `nil` if nothing changed.
    func apply(_ configuration: Configuration, authorities: [NIOSSLCertificate]) -> AsyncHTTPTransport? {
        let wanted = Self.options(configuration, authorities, environment)
        let isNew = options.withLock { options in
            defer { options = wanted }
            return options != wanted
        }
        guard isNew else { return nil }
        return transport.replace(
            with: AsyncHTTPTransport(options: wanted, group: group, connections: connections))
    }

    /// Closes all connections.
    func shutdown() async { await transport.shutdown() }

    private static func options(
        _ configuration: Configuration, _ authorities: [NIOSSLCertificate], _ environment: [String: String]
    ) -> AsyncHTTPTransport.Options {
        AsyncHTTPTransport.Options(
            minimumVersion: configuration.tls.minimumVersion, authorities: authorities,
            proxy: configuration.proxy ?? ProxySettings.fromEnvironment(environment),
            readTimeout: configuration.poll.timeout)
    }
}

/// The settings' endpoints are what the client asks for.
extension EndpointSettings: CloudEndpoints {}

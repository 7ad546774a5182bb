public import Logging
public import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A stand-in for the vendor's cloud on the loopback interface: FunctionGraph, IAM tokens and the metadata service of an
/// ECS on one port.
///
/// It is built from the vendor's documents, checks tokens and signatures as strictly as they say, plays the life of each
/// snapshot as a scenario tells, and fails on demand. Thread-safe; `stop()` must be called before it is let go.
public final class SimulatedCloud: Sendable {
    private let core: CloudCore
    private let listener: any Channel
    private let connections: ConnectionList
    private let ownGroup: MultiThreadedEventLoopGroup?

    /// The port it listens on.
    public let port: Int
    /// `http://127.0.0.1:PORT`, for the endpoints of a client.
    public let url: String

    private init(
        core: CloudCore, listener: any Channel, connections: ConnectionList, ownGroup: MultiThreadedEventLoopGroup?,
        address: LoopbackAddress
    ) {
        self.core = core
        self.listener = listener
        self.connections = connections
        self.ownGroup = ownGroup
        port = listener.localAddress?.port ?? 0
        url = "http://\(address.text.dropLast(String(address.socketAddress.port ?? 0).utf8.count))\(port)"
    }

    /// Starts a cloud that plays a scenario.
    ///
    /// - Parameters:
    ///   - scenario: the YAML text.
    ///   - file: how faults name the text.
    ///   - host: an address of the loopback interface.
    ///   - port: 0 takes a free one.
    ///   - group: where to run; nil: a thread of its own.
    ///   - requestLogger: gets one record per request; nil: none.
    /// - Throws: `ScenarioFaults` for what is wrong in the text, `SimulatedCloudError` for what is wrong with the address.
    public static func start(
        scenario: String, file: String = "scenario", host: String = "127.0.0.1", port: Int = 0,
        group: (any EventLoopGroup)? = nil, requestLogger: Logger? = nil
    ) async throws -> SimulatedCloud {
        try await start(
            scenario: scenario, file: file, host: host, port: port, group: group, requestLogger: requestLogger,
            clock: .system)
    }

    static func start(
        scenario: String, file: String = "scenario", host: String = "127.0.0.1", port: Int = 0,
        group: (any EventLoopGroup)? = nil, requestLogger: Logger? = nil, clock: CloudClock
    ) async throws -> SimulatedCloud {
        let scenario = try ScenarioReader.scenario(Array(scenario.utf8), file: file)
        let address = try LoopbackAddress(host: host, port: port)
        let core = CloudCore(scenario, clock: clock, requestLogger: requestLogger)
        let connections = ConnectionList()
        let ownGroup = group == nil ? MultiThreadedEventLoopGroup(numberOfThreads: 1) : nil
        guard let group = group ?? ownGroup else { throw SimulatedCloudError.cannotListen(address.text, reason: "") }
        do {
            let listener = try await bind(address, core, connections, on: group)
            return SimulatedCloud(
                core: core, listener: listener, connections: connections, ownGroup: ownGroup, address: address)
        } catch {
            try? await ownGroup?.shutdownGracefully()
            throw bindFault(error, address.text)
        }
    }

    /// Sets a function's state from now on. A URN that is not in the cloud changes nothing.
    public func setState(urn: String, state: String, code: String? = nil) {
        try? core.setState(urn: urn, state: state, code: code)
    }

    /// Removes a version of a function. A URN that is not in the cloud changes nothing.
    public func delete(urn: String) {
        try? core.delete(urn: urn)
    }

    /// Adds functions, a YAML list as in a scenario. Throws `ScenarioFaults`.
    public func add(yaml: String) throws {
        core.add(try ScenarioReader.functions(Array(yaml.utf8), file: "functions"))
    }

    /// Puts faults, a YAML list as in a scenario, in the place of those in force; `at` counts from now. Throws
    /// `ScenarioFaults`.
    public func setFaults(yaml: String) throws {
        core.setFaults(try ScenarioReader.faults(Array(yaml.utf8), file: "faults"))
    }

    /// Puts access keys, a YAML list as in a scenario, in the place of those known. Throws `ScenarioFaults`.
    public func setKeys(yaml: String) throws {
        core.setKeys(try ScenarioReader.accessKeys(Array(yaml.utf8), file: "keys"))
    }

    /// Replaces the whole scenario; lives begin anew, and counts too. Throws `ScenarioFaults`.
    public func load(scenario: String) throws {
        core.load(try ScenarioReader.scenario(Array(scenario.utf8), file: "scenario"))
    }

    /// What was asked and answered.
    public func requests() -> RequestCounts { core.counts() }

    /// Counts from nothing again.
    public func resetRequests() { core.update { $0.resetCounts() } }

    /// Closes all connections as a cloud that goes away does; it goes on listening.
    public func closeConnections() async { await connections.closeAll() }

    /// Stops listening, closes all connections and ends its thread.
    public func stop() async {
        try? await listener.close().get()
        await connections.closeAll()
        try? await ownGroup?.shutdownGracefully()
    }
}

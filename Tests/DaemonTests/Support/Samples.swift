import FunctionGraph
import Settings

@testable import Daemon

/// Values that many tests need.
enum Samples {
    static let project = "0123456789abcdef0123456789abcdef"
    static let otherProject = "fedcba9876543210fedcba9876543210"

    static func text(_ name: String, project: String = project, version: String = "v1") -> String {
        "urn:fss:cn-north-4:\(project):function:default:\(name):\(version)"
    }

    static func urn(_ name: String, project: String = project, version: String = "v1") throws -> FunctionURN {
        try FunctionURN(text(name, project: project, version: version))
    }

    static func watched(
        _ name: String, project: String = project, interval: Duration = .seconds(60),
        expect: Set<SnapshotState> = [.enable, .creating], labels: [String: String] = [:], account: String = "main",
        source: WatchSource = .list
    ) throws -> WatchedFunction {
        WatchedFunction(
            urn: try urn(name, project: project), interval: interval, expect: expect, labels: labels,
            account: account, source: source)
    }

    /// A configuration that watches these, without the switch and without retries.
    static func configuration(
        _ functions: [WatchedFunction], _ change: (inout Configuration) -> Void = { _ in }
    ) -> Configuration {
        var configuration = Configuration()
        configuration.accounts = Set(functions.map(\.account)).union(["main"]).sorted().map {
            AccountSettings(name: $0, projects: nil, auth: .token(.env("TOKEN_\($0)")))
        }
        configuration.poll.switchPolled = false
        configuration.poll.retries = 0
        configuration.watch.functions = functions
        configuration.watch.labelNames = Set(functions.flatMap { $0.labels.keys }).sorted()
        change(&configuration)
        return configuration
    }

    static func failure(
        _ reason: FailureReason, operation: Operation = .snapshotState, status: Int? = nil, code: String? = nil
    ) -> CloudFailure {
        CloudFailure(
            operation: operation, reason: reason, httpStatus: status, errorCode: code, message: "as the test wants")
    }

    static func answer(_ state: String, code: String? = nil) -> AttemptReport.Result {
        .state(SnapshotAnswer(rawState: state, code: code, requestID: "request-1"))
    }

    static func client(_ transport: any Transport, _ endpoints: EndpointSettings = EndpointSettings()) -> CloudClient {
        CloudClient(transport: transport, endpoints: endpoints, now: { 0 }, observer: { _ in })
    }
}

/// A transport for tests in which nothing is sent.
struct NoTransport: Transport {
    func send(_ request: CloudRequest) async throws(TransportError) -> CloudResponse {
        throw TransportError(reason: .cancelled, message: "nothing is sent in this test")
    }
}

import Exposition
import FunctionGraph
import Settings
import YAML

@testable import Daemon

/// Functions and pages for the tests of the web folder.
enum PageSamples {
    static let nowUnixSeconds = 1_800_000_000.0
    static let project = "0123456789abcdef0123456789abcdef"

    /// A function of package `default`, in a state or without one.
    static func record(
        _ name: String, _ state: SnapshotState? = .enable, expect: Set<SnapshotState> = [.enable, .creating],
        labels: [String: String] = [:], failure: PollFailure? = nil
    ) throws -> FunctionRecord {
        let urn = try FunctionURN("urn:fss:cn-north-4:\(project):function:default:\(name):v1")
        var record = FunctionRecord(
            watched: WatchedFunction(
                urn: urn, interval: .seconds(60), expect: expect, labels: labels, account: "production", source: .list),
            rowID: MetricTable([]).insert([]))
        record.state = state
        record.lastKnownState = state
        record.rawState = state?.rawValue
        record.sinceUnixSeconds = state.map { _ in nowUnixSeconds - 90 }
        record.lastPollUnixSeconds = nowUnixSeconds - 5
        record.lastSuccessUnixSeconds = state.map { _ in nowUnixSeconds - 5 }
        record.tookSeconds = 0.25
        record.effectiveIntervalSeconds = 60
        record.failure = failure
        return record
    }

    /// A refusal with everything that a vendor's answer can have.
    static func refusal(_ message: String = "no permission") -> PollFailure {
        var failure = PollFailure(reason: .forbidden, message: message)
        failure.httpStatus = 403
        failure.errorCode = "FSS.1126"
        failure.requestID = "0badc0de"
        return failure
    }

    /// Everything the page is made of, around these functions.
    static func status(_ records: [FunctionRecord]) -> PollStatus {
        PollStatus(
            functions: records, summary: PollSummary(records), accounts: [], projects: [], discoveries: [], ignored: 0,
            labelNames: ["team"], lagSeconds: 0, nowUnixSeconds: nowUnixSeconds)
    }

    /// The page as text.
    static func page(
        _ status: PollStatus, clockSkewSeconds: Double? = nil, query: [(name: String, value: String)] = [],
        reload: ReloadState.Picture = ReloadState.Picture(), telemetryPath: String = "/metrics"
    ) -> String {
        let page = statusPage(
            status, clockSkewSeconds: clockSkewSeconds, query: query, reload: reload, telemetryPath: telemetryPath)
        return String(decoding: page.document(), as: UTF8.self)
    }

    static func statusPage(
        _ status: PollStatus, clockSkewSeconds: Double? = nil, query: [(name: String, value: String)] = [],
        reload: ReloadState.Picture = ReloadState.Picture(), telemetryPath: String = "/metrics"
    ) -> StatusPage {
        StatusPage(
            status: status, clockSkewSeconds: clockSkewSeconds, reload: reload, view: StatusView(query),
            options: WebOptions(
                telemetryPath: telemetryPath, maxRequests: 40, isLifecycleEnabled: false, version: .current,
                shard: .whole, startedUnixSeconds: nowUnixSeconds - 3600))
    }
}

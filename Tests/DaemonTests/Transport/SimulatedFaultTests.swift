import FunctionGraph
import NIOPosix
import Polling
import Settings
import Simulator
import Testing

@testable import Daemon

/// Each fault that the simulated cloud can have, and the reason it is given.
struct SimulatedFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: String
        /// `nil`: a good answer.
        let reason: FailureReason?
        var code: String?
        var retryAfter: Duration?
        var testDescription: String { fault }
    }

    @Test(arguments: [
        Case(fault: "{cut: head}", reason: .connect),
        Case(fault: "{cut: body}", reason: .connect),
        Case(fault: "{garbage: true}", reason: .decode),
        Case(fault: "{garbage: wire}", reason: .connect),
        Case(fault: "{body: ''}", reason: .decode),
        Case(fault: "{body: '{}'}", reason: .decode),
        Case(fault: "{body: '[]'}", reason: .decode),
        Case(fault: "{body: '{\"state\":null}'}", reason: .decode),
        Case(fault: "{body: '{\"state\":\"\"}'}", reason: .decode),
        Case(fault: "{body: '{\"state\":7}'}", reason: .decode),
        Case(fault: "{body: '{\"state\":\"enable\"'}", reason: .decode),
        Case(fault: "{body: '{\"state\":\"Enable \"}'}", reason: nil),
        Case(fault: "{size: 67108864}", reason: .decode),
        Case(fault: "{endless: true}", reason: .decode),
        Case(fault: "{delay: 30s}", reason: .timeout),
        Case(fault: "{delay: 10ms}", reason: nil),
        Case(fault: "{status: 302, headers: {Location: \"http://127.0.0.1:1/\"}}", reason: .clientError),
        Case(fault: "{status: 400, code: FSS.0400}", reason: .clientError, code: "FSS.0400"),
        Case(fault: "{status: 401, code: APIGW.0301, shape: apig}", reason: .unauthorized, code: "APIGW.0301"),
        Case(fault: "{status: 401, code: APIG.0307, shape: apig}", reason: .unauthorized, code: "APIG.0307"),
        Case(fault: "{status: 401, code: APIGW.0302, shape: apig}", reason: .forbidden, code: "APIGW.0302"),
        Case(fault: "{status: 403, shape: keystone}", reason: .forbidden),
        Case(fault: "{status: 400, code: FSS.1310, shape: camel}", reason: .forbidden, code: "FSS.1310"),
        Case(fault: "{status: 404, code: FSS.1051}", reason: .notFound, code: "FSS.1051"),
        Case(fault: "{status: 404, code: APIGW.0101, shape: apig}", reason: .clientError, code: "APIGW.0101"),
        Case(fault: "{status: 404, shape: html}", reason: .clientError),
        Case(fault: "{status: 410}", reason: .notFound),
        Case(fault: "{status: 400, code: FSS.1308}", reason: .notFound, code: "FSS.1308"),
        Case(
            fault: "{status: 429, code: APIGW.0308, shape: apig, headers: {Retry-After: \"7\"}}", reason: .throttled,
            code: "APIGW.0308", retryAfter: .seconds(7)),
        Case(fault: "{status: 500, code: FSS.0429}", reason: .throttled, code: "FSS.0429"),
        Case(fault: "{status: 500, code: FSS.0500}", reason: .serverError, code: "FSS.0500"),
        Case(fault: "{status: 503, shape: html}", reason: .serverError),
        Case(fault: "{status: 504, shape: plain}", reason: .serverError),
    ])
    func `every fault of the cloud has its reason`(_ test: Case) async throws {
        let failure = try await Self.failure(test.fault)
        #expect(failure?.reason == test.reason)
        if let code = test.code { #expect(failure?.errorCode == code) }
        #expect(failure?.retryAfter == test.retryAfter)
        if let failure { #expect(!failure.message.isEmpty) }
    }

    @Test(arguments: [("20m", true), ("-20m", true), ("10m", false)])
    func `a refusal whose Date is far away is the clock's, not the key's`(skew: String, isSkew: Bool) async throws {
        let failure = try await Self.failure("{status: 401, code: APIGW.0301, shape: apig, date_skew: \(skew)}")
        #expect(failure?.reason == .unauthorized)
        #expect(failure?.isClockSkew == isSkew)
    }

    /// What one poll fails with while the cloud has this fault.
    private static func failure(_ fault: String) async throws -> CloudFailure? {
        try await Bench.with("functions:\n" + Bench.function("orders", "enable")) { bench in
            try bench.cloud.setFaults(yaml: "[\(fault)]")
            return try await TransportTests.withTransport { transport, _ in
                var endpoints = EndpointSettings()
                endpoints.functionGraphTemplate = bench.cloud.url
                let client = CloudClient(
                    transport: transport, endpoints: endpoints, now: DaemonClock.system.unixSeconds,
                    observer: { _ in })
                let key = AccessKey(id: Bench.keyID, secret: Secret(Bench.secret))
                let account = AccountRuntime(
                    settings: .standard, provider: StaticCredentialProvider(.accessKey(key)),
                    secrets: .accessKey(key, origin: "access_key"))
                let timeout: Duration = fault.contains("delay: 30s") ? .milliseconds(300) : .seconds(120)
                let report = await AttemptJob(
                    kind: .state, urn: try Samples.urn("orders"), account: account, client: client, timeout: timeout,
                    refused: nil
                ).run()
                if case .failed(let failure) = report.result { return failure }
                return nil
            }
        }
    }
}

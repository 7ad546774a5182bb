import FunctionGraph
import HTTPTypes
import Testing

@Suite struct ClockSkewTests {
    /// 2027-01-15 08:00:00 UTC.
    private static let cloudDate = "Fri, 15 Jan 2027 08:00:00 GMT"

    private func call(_ status: Int, _ headers: HTTPFields, local: Double, took: Double = 0) async throws
        -> (CloudFailure?, APICall?)
    {
        let clock = ManualClock(local)
        let log = CallLog()
        let transport = FakeTransport { _, _ throws(TransportError) in
            clock.advance(took)
            return CloudResponse(status: status, headers: headers, body: Array(#"{"state":"enable"}"#.utf8))
        }
        let client = CloudClient(
            transport: transport, endpoints: FakeEndpoints(), now: { clock.now },
            monotonicNow: { .seconds(clock.now) }, observer: { log.append($0) })
        let urn = try Sample.urn
        let failure = await failure { () async throws(CloudFailure) in
            try await client.snapshotState(urn, credential: Sample.credential, timeout: .seconds(1))
        }
        return (failure, log.calls.first)
    }

    @Test(arguments: [0, 300, -300, 86_400])
    func `skew is local minus cloud at the middle of the exchange`(_ ahead: Double) async throws {
        let (_, call) = try await call(200, [.date: Self.cloudDate], local: 1_800_000_000 + ahead - 2, took: 4)
        #expect(call?.clockSkewSeconds == ahead)
        #expect(call?.took == .seconds(4))
    }

    @Test(arguments: [(899.0, false), (900, true), (-900, true), (-899, false), (5000, true)])
    func `unauthorized with a date fifteen minutes away is the clock's fault`(_ ahead: Double, _ isSkew: Bool)
        async throws
    {
        let (failure, _) = try await call(401, [.date: Self.cloudDate], local: 1_800_000_000 + ahead)
        #expect(failure?.reason == .unauthorized && failure?.isClockSkew == isSkew)
    }

    @Test func `another reason or no date is not`() async throws {
        let (forbidden, _) = try await call(403, [.date: Self.cloudDate], local: 0)
        #expect(forbidden?.isClockSkew == false)
        let (unauthorized, call) = try await call(401, [.date: "yesterday"], local: 0)
        #expect(unauthorized?.isClockSkew == false && call?.clockSkewSeconds == nil)
    }

    @Test(
        arguments: [
            ("2", Duration.seconds(2)), (" 1.5 ", .milliseconds(1500)), ("0", .zero), ("999999999999", .seconds(3600)),
            ("Fri, 15 Jan 2027 08:00:30 GMT", .seconds(30)), ("Fri, 15 Jan 2027 07:00:00 GMT", nil), ("-1", nil),
            ("soon", nil), ("nan", nil), ("inf", nil),
        ] as [(String, Duration?)])
    func `Retry-After is seconds or a date by the cloud's clock`(_ text: String, _ expected: Duration?) async throws {
        let (failure, _) = try await call(
            429, [.retryAfter: text, .date: Self.cloudDate], local: 1_800_000_000 + 500)
        #expect(failure?.reason == .throttled && failure?.retryAfter == expected)
    }
}

import HTTPTypes
import Synchronization
import Testing

@testable import FunctionGraph

@Suite struct AgencyCredentialProviderTests {
    /// A metadata service: what the PUT is answered with, and which token the GET must carry (nil: none needed).
    private final class Service: Sendable {
        struct State {
            var putStatus = 200
            var demanded: String?
            var keyNumber = 1
            var getStatus = 200
            var endsAt = "2027-01-15T09:00:00.000000Z"
        }
        let state = Mutex(State())
        let clock = ManualClock()
        let log = CallLog()

        func transport() -> FakeTransport {
            FakeTransport { [self] request, number throws(TransportError) in
                state.withLock { state in
                    if request.method == .put {
                        return CloudResponse(status: state.putStatus, body: Array("token-\(number)\n".utf8))
                    }
                    if let demanded = state.demanded, request.headers[.metadataToken] != demanded {
                        return CloudResponse(status: 401)
                    }
                    let body = """
                        {"credential":{"access":"AK\(state.keyNumber)","secret":"SK\(state.keyNumber)-secret",
                        "securitytoken":"ST\(state.keyNumber)-token","expires_at":"\(state.endsAt)"}}
                        """
                    return CloudResponse(status: state.getStatus, body: Array(body.utf8))
                }
            }
        }
    }

    private struct Setup {
        let service = Service()
        let transport: FakeTransport
        let provider: AgencyCredentialProvider

        init() {
            let service = service
            transport = service.transport()
            provider = AgencyCredentialProvider(
                client: CloudClient(
                    transport: transport, endpoints: FakeEndpoints(), now: { service.clock.now },
                    monotonicNow: { .seconds(service.clock.now) }, observer: { service.log.append($0) }),
                random: { 0 })
        }

        func key() async throws(CloudFailure) -> Credential {
            try await provider.credential(region: "r", project: "p", timeout: .seconds(10))
        }

        var methods: [HTTPRequest.Method] { transport.requests.map(\.method) }
    }

    private func expected(_ number: Int) -> Credential {
        .accessKey(
            AccessKey(
                id: "AK\(number)", secret: Secret("SK\(number)-secret"), securityToken: Secret("ST\(number)-token")))
    }

    @Test func `the hardened variant is asked for first, never through a proxy`() async throws {
        let setup = Setup()
        setup.service.state.withLock { $0.demanded = "token-1" }
        #expect(try await setup.key() == expected(1))
        #expect(setup.methods == [.put, .get])
        let requests = setup.transport.requests
        #expect(
            requests.allSatisfy { !$0.usesProxy && $0.timeout == .seconds(3) && $0.region == "" && $0.project == "" })
        #expect(requests[0].url == "http://169.254.169.254/meta-data/latest/api/token")
        #expect(requests[0].headers[.metadataTokenLifetime] == "21600")
        #expect(requests[1].url == "http://169.254.169.254/openstack/latest/securitykey")
        #expect(setup.service.log.calls.map(\.operation) == [.metadata, .metadata])
        #expect(await setup.provider.expiryUnixSeconds() == setup.service.clock.now + 3600)
    }

    @Test(arguments: [404, 405, 503])
    func `a service without it is asked without, and again after a day`(_ status: Int) async throws {
        let setup = Setup()
        setup.service.state.withLock {
            $0.putStatus = status
            $0.endsAt = "2028-01-15T09:00:00Z"
        }
        #expect(try await setup.key() == expected(1))
        #expect(setup.methods == [.put, .get])
        #expect(setup.transport.requests[1].headers[.metadataToken] == nil)
        await setup.provider.invalidate(expected(1), region: "r", project: "p")
        _ = try await setup.key()
        #expect(setup.methods == [.put, .get, .get])
        setup.service.clock.advance(86_400)
        await setup.provider.invalidate(expected(1), region: "r", project: "p")
        _ = try await setup.key()
        #expect(setup.methods == [.put, .get, .get, .put, .get])
    }

    @Test(arguments: [400, 403, 500])
    func `another answer to the PUT is a failure`(_ status: Int) async throws {
        let setup = Setup()
        setup.service.state.withLock { $0.putStatus = status }
        let failure = await failure { () async throws(CloudFailure) in try await setup.key() }
        #expect(failure?.httpStatus == status && failure?.pausesAccount == (status < 500))
        #expect(setup.methods == [.put])
    }

    @Test func `a 401 on the GET fetches a new token once`() async throws {
        let setup = Setup()
        _ = try await setup.key()
        setup.service.state.withLock { $0.demanded = "token-4" }
        await setup.provider.invalidate(expected(1), region: "r", project: "p")
        #expect(try await setup.key() == expected(1))
        #expect(setup.methods == [.put, .get, .get, .put, .get])
    }

    @Test func `a second 401 pauses the account`() async throws {
        let setup = Setup()
        setup.service.state.withLock { $0.demanded = "never" }
        let failure = await failure { () async throws(CloudFailure) in try await setup.key() }
        #expect(failure?.reason == .unauthorized && failure?.pausesAccount == true)
        #expect(setup.methods == [.put, .get, .put, .get])
    }

    @Test func `a service that turns hardened is noticed within the day`() async throws {
        let setup = Setup()
        setup.service.state.withLock { $0.putStatus = 404 }
        _ = try await setup.key()
        setup.service.state.withLock {
            $0.putStatus = 200
            $0.demanded = "token-4"
        }
        await setup.provider.invalidate(expected(1), region: "r", project: "p")
        #expect(try await setup.key() == expected(1))
        #expect(setup.methods == [.put, .get, .get, .put, .get])
    }

    @Test func `the metadata token is used again until it ends`() async throws {
        let setup = Setup()
        setup.service.state.withLock { $0.endsAt = "2028-01-15T09:00:00Z" }
        for advance in [0.0, 21_500, 100] {
            setup.service.clock.advance(advance)
            await setup.provider.invalidate(expected(1), region: "r", project: "p")
            _ = try await setup.key()
        }
        #expect(setup.methods == [.put, .get, .get, .put, .get])
    }

    @Test func `keys are renewed early, and asked for again while the service still hands out the old one`()
        async throws
    {
        let setup = Setup()
        _ = try await setup.key()
        setup.service.clock.advance(3299)
        try await setup.provider.maintain()
        #expect(setup.methods.count == 2)
        setup.service.clock.advance(1)
        // The same key with the same end: not again for a while.
        try await setup.provider.maintain()
        try await setup.provider.maintain()
        #expect(setup.methods.count == 3)
        setup.service.state.withLock {
            $0.keyNumber = 2
            $0.endsAt = "2027-01-15T10:00:00Z"
        }
        setup.service.clock.advance(240)
        try await setup.provider.maintain()
        #expect(try await setup.key() == expected(2))
        #expect(setup.methods.count == 4)
    }

    @Test(arguments: [
        ("", "the answer is empty"), ("[]", "the answer has an unexpected form"), ("{}", "has the machine an agency?"),
        (#"{"credential":{"access":"a"}}"#, "no access or no secret"),
        (#"{"credential":{"access":"","secret":"s"}}"#, "no access or no secret"),
    ])
    func `an answer without a key is a decode failure`(_ body: String, _ message: String) async throws {
        let cloud = FakeCloud(
            FakeTransport { request, _ throws(TransportError) in
                CloudResponse(status: 200, body: Array((request.method == .put ? "t" : body).utf8))
            })
        let provider = AgencyCredentialProvider(client: cloud.client)
        let failure = await failure { () async throws(CloudFailure) in
            try await provider.credential(region: "", project: "", timeout: .seconds(1))
        }
        #expect(failure?.reason == .decode && failure?.message.contains(message) == true)
    }

    @Test func `a machine without an agency pauses the account with the service's words`() async throws {
        let cloud = FakeCloud(FakeTransport(404, "Please configure a cloud service agency first"))
        let provider = AgencyCredentialProvider(client: cloud.client)
        let failure = await failure { () async throws(CloudFailure) in
            try await provider.credential(region: "", project: "", timeout: .seconds(1))
        }
        #expect(failure?.pausesAccount == true && failure?.message == "Please configure a cloud service agency first")
    }
}

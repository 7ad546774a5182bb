import FoundationEssentials
import HTTPTypes
import Synchronization
import Testing

@testable import FunctionGraph

@Suite struct PasswordTokenProviderTests {
    /// Tokens `token-1`, `token-2`, … that live `life` seconds.
    private static func issuer(_ clock: @escaping @Sendable () -> Double, life: Double) -> FakeTransport {
        FakeTransport { _, number throws(TransportError) in
            let end = CivilTime.basic(unixSeconds: clock() + life)
            return CloudResponse(
                status: 201, headers: [.subjectToken: "token-\(number)"],
                body: Array(#"{"token":{"expires_at":"\#(rfc3339(end))","methods":["password"]}}"#.utf8))
        }
    }

    private static func rfc3339(_ basic: String) -> String {
        let c = Array(basic)
        let part = { (range: Range<Int>) in String(c[range]) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).000000Z"
    }

    private struct Setup {
        let clock = ManualClock()
        let transport: FakeTransport
        let provider: PasswordTokenProvider

        init(life: Double = 86_400, jitter: Double = 0, transport: FakeTransport? = nil, iamPrefix: String = "") {
            let clock = clock
            let transport = transport ?? PasswordTokenProviderTests.issuer({ clock.now }, life: life)
            let client = CloudClient(
                transport: transport, endpoints: FakeEndpoints(iamPrefix: iamPrefix), now: { clock.now },
                monotonicNow: { .seconds(clock.now) }, observer: { _ in })
            self.transport = transport
            provider = PasswordTokenProvider(
                client: client, domain: "corp", user: "monitor", password: Secret("pass\"word\\é"), random: { jitter })
        }

        func token(_ project: String = "p1") async throws(CloudFailure) -> Credential {
            try await provider.credential(region: "r", project: project, timeout: .seconds(3))
        }
    }

    @Test func `the request is Keystone's, scoped to the project by id`() async throws {
        let setup = Setup()
        #expect(try await setup.token() == .token(Secret("token-1")))
        let request = try #require(setup.transport.requests.first)
        #expect(request.method == .post && request.timeout == .seconds(3) && request.operation == .createToken)
        #expect(request.url == "https://iam.r.example.com/v3/auth/tokens?nocatalog=true")
        #expect(request.headers[.authorization] == nil && request.region == "r" && request.project == "p1")
        struct Body: Decodable, Equatable {
            struct Domain: Decodable, Equatable { let name: String }
            struct User: Decodable, Equatable { let name, password: String; let domain: Domain }
            struct Password: Decodable, Equatable { let user: User }
            struct Identity: Decodable, Equatable { let methods: [String]; let password: Password }
            struct Project: Decodable, Equatable { let id: String }
            struct Scope: Decodable, Equatable { let project: Project }
            struct Auth: Decodable, Equatable { let identity: Identity; let scope: Scope }
            let auth: Auth
        }
        let auth = try JSONDecoder().decode(Body.self, from: Data(request.body)).auth
        let user = Body.User(name: "monitor", password: "pass\"word\\é", domain: Body.Domain(name: "corp"))
        #expect(auth.identity == Body.Identity(methods: ["password"], password: Body.Password(user: user)))
        #expect(auth.scope.project.id == "p1")
        #expect(!"\(request)".contains("pass") && !String(reflecting: request).contains("pass"))
    }

    @Test func `an endpoint that ends with v3 gets no second one`() async throws {
        let setup = Setup(iamPrefix: "/identity/v3")
        _ = try await setup.token()
        #expect(
            setup.transport.requests.first?.url
                == "https://iam.r.example.com/identity/v3/auth/tokens?nocatalog=true")
    }

    @Test func `a token is cached by region and project`() async throws {
        let setup = Setup()
        for _ in 0..<3 { #expect(try await setup.token() == .token(Secret("token-1"))) }
        #expect(try await setup.token("p2") == .token(Secret("token-2")))
        #expect(setup.transport.requests.count == 2)
        #expect(await setup.provider.expiryUnixSeconds() == setup.clock.now + 86_400)
    }

    @Test func `one fetch serves however many wait`() async throws {
        let barrier = Barrier()
        let setup = Setup(
            transport: FakeTransport { _, number throws(TransportError) in
                await barrier.wait()
                return CloudResponse(status: 201, headers: [.subjectToken: "token-\(number)"], body: Array("{}".utf8))
            })
        let tokens = await withTaskGroup(of: Credential?.self) { group in
            for _ in 0..<100 { group.addTask { try? await setup.token() } }
            #expect(await eventually { setup.provider.waiterCount(region: "r", project: "p1") == 99 })
            barrier.open()
            return await group.reduce(into: [Credential?]()) { $0.append($1) }
        }
        #expect(tokens == Array(repeating: .token(Secret("token-1")), count: 100))
        #expect(setup.transport.requests.count == 1)
    }

    @Test(arguments: [(0.0, 300.0), (0.5, 270), (1, 240)])
    func `renewal comes five minutes before the end, less the jitter`(_ jitter: Double, _ before: Double) async throws {
        let setup = Setup(jitter: jitter)
        _ = try await setup.token()
        setup.clock.advance(86_400 - before - 1)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 1)
        setup.clock.advance(1)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 2)
        #expect(try await setup.token() == .token(Secret("token-2")))
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 2)
    }

    @Test(arguments: [(600.0, 0.0), (600, 1), (400, 0.5), (331, 1)])
    func `a life that has room for it is renewed five minutes before its end too`(_ life: Double, _ jitter: Double)
        async throws
    {
        let setup = Setup(life: life, jitter: jitter)
        _ = try await setup.token()
        setup.clock.advance(life - 300 + 60 * jitter - 1)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 1)
        setup.clock.advance(2)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 2)
    }

    @Test func `a short token is renewed at three quarters of its life`() async throws {
        let setup = Setup(life: 200)
        _ = try await setup.token()
        setup.clock.advance(149)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 1)
        setup.clock.advance(1)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 2)
    }

    @Test func `what nobody used is not renewed, and fetched when it is wanted again`() async throws {
        let setup = Setup()
        _ = try await setup.token()
        setup.clock.advance(86_200)
        try await setup.provider.maintain()
        setup.clock.advance(86_200)
        try await setup.provider.maintain()
        #expect(setup.transport.requests.count == 2)
        setup.clock.advance(300)
        try await setup.provider.maintain()
        #expect(await setup.provider.expiryUnixSeconds() == nil)
        #expect(try await setup.token() == .token(Secret("token-3")))
    }

    @Test func `an ended token is fetched anew without maintenance`() async throws {
        let setup = Setup(life: 100)
        _ = try await setup.token()
        setup.clock.advance(89)
        #expect(try await setup.token() == .token(Secret("token-1")))
        setup.clock.advance(2)
        #expect(try await setup.token() == .token(Secret("token-2")))
    }

    /// The first answer is a token of a day, all others fail.
    private static func failing(_ clock: ManualClock, status: Int) -> FakeTransport {
        let issuer = issuer({ clock.now }, life: 86_400)
        return FakeTransport { request, number throws(TransportError) in
            guard number > 1 else { return try await issuer.send(request) }
            return CloudResponse(status: status, body: Array(#"{"error":{"code":1,"message":"m"}}"#.utf8))
        }
    }

    @Test(arguments: [(503, 2), (401, 1)])
    func `while a renewal fails the old token is served, and a refusal is not repeated`(
        _ status: Int, _ expectedTries: Int
    ) async throws {
        let transport = Self.failing(ManualClock(), status: status)
        let setup = Setup(transport: transport)
        _ = try await setup.token()
        setup.clock.advance(86_110)
        for _ in 0..<4 {
            do { try await setup.provider.maintain() } catch { #expect(error.httpStatus == status) }
            #expect(try await setup.token() == .token(Secret("token-1")))
            setup.clock.advance(10)
        }
        #expect(setup.transport.requests.count == 1 + expectedTries)
        setup.clock.advance(300)
        let failure = await failure { () async throws(CloudFailure) in try await setup.token() }
        #expect(failure?.httpStatus == status && failure?.pausesAccount == (status == 401))
    }

    @Test func `one refusal of the password stops all renewals, and a new password starts them again`() async throws {
        let clock = ManualClock()
        let issuer = Self.issuer({ clock.now }, life: 86_400)
        let setup = Setup(
            transport: FakeTransport { request, number throws(TransportError) in
                let isNew = String(decoding: request.body, as: UTF8.self).contains(#""new""#)
                guard number > 3, !isNew else { return try await issuer.send(request) }
                return CloudResponse(status: 401)
            })
        for project in ["p1", "p2", "p3"] { _ = try await setup.token(project) }
        setup.clock.advance(86_150)
        for _ in 0..<3 { _ = await failure { () async throws(CloudFailure) in try await setup.provider.maintain() } }
        #expect(setup.transport.requests.count == 4)
        #expect(try await setup.token("p1") == .token(Secret("token-1")))
        setup.provider.replace(password: Secret("new"))
        #expect(try await setup.token("p1") == .token(Secret("token-4")))
    }

    @Test func `only the token in use can be invalidated`() async throws {
        let setup = Setup()
        _ = try await setup.token()
        await setup.provider.invalidate(.token(Secret("other")), region: "r", project: "p1")
        await setup.provider.invalidate(.token(Secret("token-1")), region: "r", project: "p2")
        #expect(try await setup.token() == .token(Secret("token-1")))
        await setup.provider.invalidate(.token(Secret("token-1")), region: "r", project: "p1")
        #expect(try await setup.token() == .token(Secret("token-2")))
    }

    @Test func `a new password drops the old one's tokens`() async throws {
        let setup = Setup()
        _ = try await setup.token()
        setup.provider.replace(password: Secret("pass\"word\\é"))
        #expect(try await setup.token() == .token(Secret("token-1")))
        setup.provider.replace(password: Secret("new"))
        #expect(try await setup.token() == .token(Secret("token-2")))
        #expect(String(decoding: setup.transport.requests[1].body, as: UTF8.self).contains(#""new""#))
    }

    @Test func `a fetch under way with the old password is repeated with the new one`() async throws {
        let barrier = Barrier()
        let setup = Setup(
            transport: FakeTransport { request, _ throws(TransportError) in
                await barrier.wait()
                let isNew = String(decoding: request.body, as: UTF8.self).contains(#""new""#)
                return CloudResponse(status: isNew ? 201 : 401, headers: isNew ? [.subjectToken: "good"] : [:])
            })
        let waiting = Task { try await setup.token() }
        #expect(await eventually { setup.transport.requests.count == 1 })
        setup.provider.replace(password: Secret("new"))
        barrier.open()
        #expect(try await waiting.value == .token(Secret("good")))
        #expect(setup.transport.requests.count == 2)
    }

    @Test(arguments: [(429, 20.0), (503, nil), (302, nil), (201, nil), (410, nil)] as [(Int, Double?)])
    func `a source that gives no credential is asked less and less often, a refusal is left to the schedule`(
        _ status: Int, _ retryAfter: Double?
    ) async throws {
        let headers: HTTPFields = retryAfter.map { [.retryAfter: "\(Int($0))"] } ?? [:]
        let setup = Setup(
            transport: FakeTransport { _, _ throws(TransportError) in
                CloudResponse(status: status, headers: headers, body: Array(#"{"token":{}}"#.utf8))
            })
        for _ in 0..<750 {
            let failure = try #require(await failure { () async throws(CloudFailure) in try await setup.token() })
            #expect(failure.httpStatus == status && failure.reason != .notFound)
            if status != 410 { #expect(failure.retryAfter ?? .zero > .zero) }
            setup.clock.advance(0.1)
        }
        // 75 seconds: at 0, 20, 40 and 60, or after 1, 2, 4, 8, 16 and 20 seconds; 410 pauses the account elsewhere.
        let expected = status == 410 ? 750...750 : retryAfter == nil ? 6...9 : 4...4
        #expect(expected.contains(setup.transport.requests.count))
        setup.provider.replace(password: Secret("new"))
        let before = setup.transport.requests.count
        _ = await failure { () async throws(CloudFailure) in try await setup.token() }
        #expect(setup.transport.requests.count == before + 1)
    }

    @Test(arguments: [
        (400, "IAM.0011", FailureReason.clientError, true), (401, "IAM.0062", .unauthorized, true),
        (403, "IAM.0081", .forbidden, true), (404, "IAM.0004", .clientError, true),
        (429, "IAM.0012", .throttled, false), (500, "IAM.0006", .serverError, false),
        (503, "APIGW.0613", .serverError, false),
    ])
    func `any 4xx but 429 pauses the account`(_ status: Int, _ code: String, _ reason: FailureReason, _ pauses: Bool)
        async throws
    {
        let setup = Setup(transport: FakeTransport(status, #"{"error_code":"\#(code)","error_msg":"pass\"word\\é"}"#))
        let failure = try #require(await failure { () async throws(CloudFailure) in try await setup.token() })
        #expect(failure.reason == reason && failure.pausesAccount == pauses && failure.errorCode == code)
        #expect(failure.message == "<secret>")
    }

    @Test(arguments: ["", " "])
    func `an answer without the token is a decode failure`(_ token: String) async throws {
        let setup = Setup(transport: FakeTransport(201, "{}", token.isEmpty ? [:] : [.subjectToken: token]))
        let failure = await failure { () async throws(CloudFailure) in try await setup.token() }
        #expect(failure?.reason == .decode)
    }

    @Test func `an answer that does not say when is trusted for an hour`() async throws {
        let setup = Setup(transport: FakeTransport(201, "<html>", [.subjectToken: "t"]))
        _ = try await setup.token()
        #expect(await setup.provider.expiryUnixSeconds() == setup.clock.now + 3600)
    }

    @Test func `an end by a clock that is off is moved to ours`() async throws {
        // The cloud says 08:00 where this clock says 09:00, and gives its token two hours.
        let setup = Setup(
            transport: FakeTransport(
                201, #"{"token":{"expires_at":"2027-01-15T10:00:00Z"}}"#,
                [.subjectToken: "t", .date: "Fri, 15 Jan 2027 08:00:00 GMT"]))
        setup.clock.advance(3600)
        _ = try await setup.token()
        #expect(await setup.provider.expiryUnixSeconds() == setup.clock.now + 7200)
    }

    @Test func `a token that has ended already is a decode failure, not a loop`() async throws {
        let setup = Setup(life: -1)
        let failure = await failure { () async throws(CloudFailure) in try await setup.token() }
        #expect(failure?.reason == .decode && setup.transport.requests.count == 1)
    }
}

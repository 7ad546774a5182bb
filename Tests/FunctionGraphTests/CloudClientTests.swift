import HTTPTypes
import Testing

@testable import FunctionGraph

@Suite struct CloudClientTests {
    private func state(_ cloud: FakeCloud) async throws(CloudFailure) -> SnapshotAnswer {
        guard let urn = try? Sample.urn else {
            throw CloudFailure(operation: .metadata, reason: .decode, message: "the sample is no URN")
        }
        return try await cloud.client.snapshotState(urn, credential: Sample.credential, timeout: .seconds(5))
    }

    private func answer(_ status: Int, _ body: String, _ headers: HTTPFields = [:]) -> FakeCloud {
        FakeCloud(FakeTransport(status, body, headers))
    }

    @Test func `the state call is what the vendor documents`() async throws {
        let cloud = answer(200, #"{"state":"enable","code":"0"}"#, [try #require(.init("X-Request-Id")): "r-1"])
        let answer = try await state(cloud)
        #expect(answer == SnapshotAnswer(rawState: "enable", code: "0", requestID: "r-1"))
        let request = try #require(cloud.transport.requests.first)
        #expect(request.method == .get)
        #expect(
            request.url == "https://functiongraph.cn-north-4.example.com/v2/\(Sample.project)/fgs/functions/"
                + "urn%3Afss%3Acn-north-4%3A\(Sample.project)%3Afunction%3Adefault%3Aorders%3Av3/snapshots/state")
        #expect(request.headers[.contentType] == "application/json")
        #expect(request.headers[.userAgent] == "functiongraph-exporter")
        #expect(request.headers[try #require(.init("X-Project-Id"))] == Sample.project)
        #expect(request.headers[try #require(.init("Host"))] == "functiongraph.cn-north-4.example.com")
        #expect(request.headers[.authorization]?.hasPrefix("SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEYID01, ") == true)
        #expect(request.timeout == .seconds(5) && request.maximumBodyBytes == 1 << 20 && request.usesProxy)
        #expect(cloud.transport.requests.count == 1)
        let call = try #require(cloud.log.calls.first)
        #expect(call.operation == .snapshotState && call.reason == nil && cloud.log.calls.count == 1)
        #expect(call.region == Sample.region && call.project == Sample.project)
    }

    @Test func `an alias and a URN of seven fields go out as listed`() async throws {
        let cloud = answer(200, #"{"state":"enable"}"#)
        let base = "urn:fss:cn-north-4:\(Sample.project):function:default:orders"
        for text in [base + ":!prod", base] {
            _ = try await cloud.client.snapshotState(
                try FunctionURN(text), credential: Sample.credential, timeout: .seconds(1))
        }
        #expect(cloud.transport.requests[0].encodedPath.hasSuffix("%3Aorders%3A%21prod/snapshots/state"))
        #expect(cloud.transport.requests[1].encodedPath.hasSuffix("%3Aorders/snapshots/state"))
    }

    @Test func `a token goes along unsigned`() async throws {
        let cloud = answer(200, #"{"state":"enable"}"#)
        _ = try await cloud.client.snapshotState(
            try Sample.urn, credential: .token(Secret("the-token")), timeout: .seconds(1))
        let request = try #require(cloud.transport.requests.first)
        #expect(request.headers[try #require(.init("X-Auth-Token"))] == "the-token")
        #expect(request.headers[try #require(.init("X-Project-Id"))] == Sample.project)
        #expect(request.headers[.authorization] == nil)
    }

    @Test(
        arguments: [
            (#"{"state":" Creating ","code":7}"#, SnapshotState.creating, "Creating", "7"),
            (#"{"state":"warming","code":null,"extra":{"state":1}}"#, .unknown, "warming", nil),
            (#"{"state":"create_fail","code":""}"#, .createFail, "create_fail", nil),
            (#"{"state":"expire","code":{"a":1}}"#, .expire, "expire", nil),
            (#"{"code":"FSS.9999","state":"create_fail"}"#, .createFail, "create_fail", "FSS.9999"),
        ] as [(String, SnapshotState, String, String?)])
    func `good answers are read leniently`(_ body: String, _ expected: SnapshotState, _ raw: String, _ code: String?)
        async throws
    {
        let answer = try await state(answer(200, body))
        #expect(answer.state == expected && answer.rawState == raw && answer.code == code)
    }

    @Test(arguments: [
        ("", "the answer is empty"), ("<html>", "the answer is no JSON"), (#"{"state":"ena"#, "the answer is no JSON"),
        ("null", "the answer is no JSON object"), ("[]", "the answer is no JSON object"),
        (#""enable""#, "the answer is no JSON object"), ("{}", "the answer has no state"),
        (#"{"State":"enable"}"#, "the answer has no state"), (#"{"state":null}"#, "the state is null"),
        (#"{"state":1}"#, "the state is no text"), (#"{"state":true}"#, "the state is no text"),
        (#"{"state":["enable"]}"#, "the state is no text"), (#"{"state":{}}"#, "the state is no text"),
        (#"{"state":""}"#, "the state is empty"), (#"{"state":" \n "}"#, "the state is empty"),
    ])
    func `an answer without a state is a decode failure that quotes nothing`(_ body: String, _ message: String)
        async throws
    {
        let cloud = answer(200, body)
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.reason == .decode && failure.httpStatus == 200 && failure.message == message)
        #expect(cloud.log.calls.map(\.reason) == [.decode])
    }

    @Test func `a known error code is believed even with a good status`() async throws {
        let cloud = answer(200, #"{"error_code":"APIG.0308","error_msg":"slow down"}"#)
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.reason == .throttled && failure.errorCode == "APIG.0308")
    }

    @Test func `a failure keeps what the vendor said`() async throws {
        let cloud = answer(
            404, #"{"error_code":"FSS.1051","error_msg":"Not found\nthe function\u0007"}"#,
            [try #require(.init("X-Request-Id")): "r-9"])
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.reason == .notFound && failure.httpStatus == 404 && failure.errorCode == "FSS.1051")
        #expect(failure.message == "Not found the function" && failure.requestID == "r-9")
        #expect(!failure.pausesAccount)
    }

    @Test func `the request id may be in the body, and the message is cut`() async throws {
        let long = String(repeating: "x", count: 5000)
        let cloud = answer(400, #"{"error_code":"\#(long)","error_msg":"\#(long)","request_id":"r-2"}"#)
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.message.count == 200 && failure.errorCode?.count == 64 && failure.requestID == "r-2")
    }

    @Test func `secrets that the cloud echoes are taken out`() async throws {
        let message = "ak:EXAMPLEACCESSKEYID01,key example-secret-key is wrong"
        let cloud = answer(401, #"{"error_code":"APIG.0301","error_msg":"\#(message)"}"#)
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.message == "ak:<secret>,key <secret> is wrong")
    }

    @Test func `a secret is taken out of a page that is cut, and where only its beginning is echoed`() async throws {
        let token = "TOKENSECRET-" + String(repeating: "MIIabc123", count: 400)
        let page = "<html><body>" + String(repeating: "<br>", count: 20) + "X-Auth-Token: \(token)</body></html>"
        for body in [page, "<p>got \(token.prefix(100))... and</p>", #"{"error_msg":"got \#(token.prefix(40))"}"#] {
            let cloud = FakeCloud(FakeTransport(400, body))
            let failure = try #require(
                await failure { () async throws(CloudFailure) in
                    try await cloud.client.snapshotState(
                        try Self.urn(), credential: .token(Secret(token)), timeout: .seconds(1))
                })
            #expect(failure.message.contains("<secret>") && !failure.message.contains("TOKENSECRET"))
        }
    }

    private static func urn() throws(CloudFailure) -> FunctionURN {
        guard let urn = try? Sample.urn else {
            throw CloudFailure(operation: .metadata, reason: .decode, message: "the sample is no URN")
        }
        return urn
    }

    @Test(arguments: [
        #"kq7Zx/Vw81mN"#, #"Tr0ub4dor"&/\é9"#, "p@ss w0rd\"\\<&%", "plain-secret-0001",
    ])
    func `a secret is found in every form in which it may be echoed, whoever's it is`(_ password: String) async throws {
        let cloud = answer(400, "")
        cloud.client.knownSecrets.add([Secret(password)])
        for form in SecretForms.all(of: password) {
            let redacted = cloud.client.knownSecrets.redact("before \(form) after")
            #expect(redacted == "before <secret> after", "\(form)")
        }
        // As the vendor's IAM could: the body it got, inside a JSON string.
        let body = String(
            decoding: try TokenRequestBody(domain: "d", user: "u", password: Secret(password), project: "p").encoded(),
            as: UTF8.self)
        let shown = cloud.client.knownSecrets.redact("Bad request body: \(body)")
        #expect(shown.contains(#""password":"<secret>""#))
        // Another account's credential, in a good answer of this one.
        let other = answer(200, #"{"state":"enable","code":"for other-secret-1"}"#)
        other.client.knownSecrets.add([Secret("other-secret-1")])
        #expect(try await state(other).code == "for <secret>")
    }

    @Test func `a secret that a good answer echoes is taken out of state and code`() async throws {
        let answer = try await state(
            answer(200, #"{"state":"EXAMPLEACCESSKEYID01","code":"for example-secret-key"}"#))
        #expect(answer.state == .unknown && answer.rawState == "<secret>" && answer.code == "for <secret>")
    }

    @Test func `an answer that is too large is a decode failure with its status and request id`() async throws {
        let requestID = try #require(HTTPField.Name("X-Request-Id"))
        let head = CloudResponse(status: 500, headers: [requestID: "r-9", .date: "Thu, 01 Jan 2026 00:00:00 GMT"])
        let cloud = FakeCloud(
            FakeTransport { _, _ throws(TransportError) in
                throw TransportError(reason: .decode, message: "too large", head: head)
            })
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.reason == .decode && failure.httpStatus == 500 && failure.requestID == "r-9")
        #expect(failure.isTooLarge && failure.clockSkewSeconds != nil)
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect is an error of the client and not followed`(_ status: Int) async throws {
        let cloud = answer(status, "", [.location: "https://elsewhere.example.com"])
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        #expect(failure.reason == .clientError && cloud.transport.requests.count == 1)
    }

    @Test(arguments: FailureReason.allCases)
    func `the transport's reason is passed on, with the host that was asked`(_ reason: FailureReason) async throws {
        let cloud = FakeCloud(
            FakeTransport { _, _ throws(TransportError) in throw TransportError(reason: reason, message: "no\nluck") })
        let failure = try #require(await failure { () async throws(CloudFailure) in try await state(cloud) })
        let host = reason == .cancelled ? "" : "functiongraph.cn-north-4.example.com: "
        #expect(failure.reason == reason && failure.message == host + "no luck" && failure.httpStatus == nil)
        #expect(cloud.log.calls.map(\.reason) == [reason])
    }

    @Test func `a cancelled task sends nothing`() async throws {
        let cloud = answer(200, #"{"state":"enable"}"#)
        let reason = await withTaskGroup(of: FailureReason?.self) { group in
            group.cancelAll()
            group.addTask { await failure { () async throws(CloudFailure) in try await self.state(cloud) }?.reason }
            return await group.next() ?? nil
        }
        #expect(reason == .cancelled && cloud.transport.requests.isEmpty && cloud.log.calls.isEmpty)
    }
}

import FunctionGraph
import HTTPTypes
import Testing

/// SplitMix64, so that a failing run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct GarbageTests {
    private static let seeds = [
        #"{"state":"enable","code":"0"}"#, #"{"error_code":"FSS.1051","error_msg":"Not found"}"#,
        #"{"error":{"code":401,"message":"m","title":"t"}}"#, "<html><body>502 &lt;</body></html>",
        #"{"functions":[{"func_urn":"\#(Sample.text)","runtime":"Java11"}],"next_marker":4,"count":9}"#,
        #"[{"name":"a","version":"v1","additional_version_weights":{"v2":10}}]"#,
        #"{"credential":{"access":"a","secret":"s","securitytoken":"t","expires_at":"2027-01-01T00:00:00Z"}}"#,
    ]

    /// A seed with bytes changed, cut out, doubled or inserted.
    private func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &generator)].utf8)
        for _ in 0..<Int.random(in: 0...6, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(index...)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
            default: bytes.insert(Array("[]{}\",:\\-0e9".utf8).randomElement(using: &generator) ?? 0, at: index)
            }
        }
        return bytes
    }

    @Test(arguments: 0..<8)
    func `no answer crashes anything, and every failure is fit to be shown`(_ seed: UInt64) async throws {
        var generator = SeededGenerator(state: seed)
        let urn = try Sample.urn
        for _ in 0..<80 {
            let body = mutated(&generator)
            let status = [200, 201, 204, 302, 400, 401, 404, 500].randomElement(using: &generator) ?? 200
            let headers: HTTPFields = [
                .date: String(decoding: body.prefix(40), as: UTF8.self),
                .retryAfter: String(decoding: body.suffix(6), as: UTF8.self),
                try #require(.init("X-Request-Id")): String(decoding: body, as: UTF8.self),
            ]
            let cloud = FakeCloud(
                FakeTransport { _, _ throws(TransportError) in
                    CloudResponse(status: status, headers: headers, body: body)
                })
            let client = cloud.client
            let credential = Sample.credential
            let time = Duration.seconds(1)
            let failures = [
                await failure { () async throws(CloudFailure) in
                    try await client.snapshotState(urn, credential: credential, timeout: time)
                },
                await failure { () async throws(CloudFailure) in
                    try await client.snapshotSwitch(urn, credential: credential, timeout: time)
                },
                await failure { () async throws(CloudFailure) in
                    try await client.listFunctions(
                        region: "r", project: "p", marker: 0, credential: credential, timeout: time)
                },
                await failure { () async throws(CloudFailure) in
                    try await client.listVersions(of: urn, marker: 0, credential: credential, timeout: time)
                },
                await failure { () async throws(CloudFailure) in
                    try await client.listAliases(of: urn, credential: credential, timeout: time)
                },
                await failure { () async throws(CloudFailure) in
                    try await AgencyCredentialProvider(client: client)
                        .credential(region: "", project: "", timeout: time)
                },
                await failure { () async throws(CloudFailure) in
                    try await PasswordTokenProvider(client: client, domain: "d", user: "u", password: Secret("pass"))
                        .credential(region: "r", project: "p", timeout: time)
                },
            ]
            for failure in failures.compactMap(\.self) {
                let texts = [failure.message, failure.errorCode ?? "", failure.requestID ?? ""]
                #expect(texts.allSatisfy { $0.unicodeScalars.count <= 200 })
                #expect(texts.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } })
                #expect(failure.httpStatus == status)
            }
        }
    }

    @Test func `deep nesting is a decode failure`() async throws {
        let body = String(repeating: "[", count: 500_000)
        for text in [body, #"{"state":"# + body, #"{"a":"# + body] {
            let cloud = FakeCloud(FakeTransport(200, text))
            let urn = try Sample.urn
            let failure = await failure { () async throws(CloudFailure) in
                try await cloud.client.snapshotState(urn, credential: Sample.credential, timeout: .seconds(1))
            }
            #expect(failure?.reason == .decode)
        }
    }

    @Test(arguments: 0..<8)
    func `no text crashes the URN's parser, and what it takes it gives back`(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let pieces = [
            "urn", "fss", ":", ":", "function", "!", "latest", "é", " ", "\n", "\0", "/", "cn-north-4", "v1", "%3A",
        ]
        var taken = 0
        for round in 0..<3000 {
            var text = round.isMultiple(of: 2) ? Sample.text : ""
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let piece = pieces.randomElement(using: &generator) ?? ""
                let index = text.index(text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &generator))
                text.insert(contentsOf: piece, at: index)
            }
            guard let urn = try? FunctionURN(text) else { continue }
            taken += 1
            #expect(urn.listed == text)
            #expect(try FunctionURN(urn.canonical) == urn)
        }
        #expect(taken > 100)
    }
}

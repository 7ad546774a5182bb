import NIOHTTP1

@testable import Simulator

/// A simulated cloud on a free port with a clock of its own, and a caller that signs.
struct TestCloud {
    static let project = "0123456789abcdef0123456789abcdef"
    static let base = "urn:fss:cn-north-4:\(project):function:default:"
    static let key = "SIMULATEDACCESSKEY01"
    static let secret = "simulated-secret-key-01"
    static let keys = "access_keys: [{id: \(key), secret: \(secret)}]\n"

    let cloud: SimulatedCloud
    let clock: ManualClock

    /// Runs a body against a cloud that plays a scenario, and stops it in any case.
    static func with<Value>(_ scenario: String, _ body: (TestCloud) async throws -> Value) async throws -> Value {
        let clock = ManualClock()
        let cloud = try await SimulatedCloud.start(scenario: keys + scenario, clock: clock.cloudClock)
        do {
            let value = try await body(TestCloud(cloud: cloud, clock: clock))
            await cloud.stop()
            return value
        } catch {
            await cloud.stop()
            throw error
        }
    }

    /// A signed GET with everything that can be wrong about it.
    struct Signed {
        var key = TestCloud.key
        var secret = TestCloud.secret
        var headers: [(String, String)] = []
        /// Names beside host and x-sdk-date, in order.
        var signedHeaders = ["host", "x-sdk-date"]
        var ageSeconds = 0.0
        var derivedInfo: String?
        /// Sent in place of what was signed.
        var sentTarget: String?
        /// Leaves after so many bytes.
        var atMost = 1 << 28
    }

    func get(_ target: String, _ signed: Signed = Signed()) async throws -> RawAnswer {
        let date = CivilTime(unixSeconds: clock.unixSeconds - signed.ageSeconds).sdkDate
        let host = "127.0.0.1:\(cloud.port)"
        let headers = [("Host", host), ("X-Sdk-Date", date)] + signed.headers
        let request = ReceivedRequest(method: "GET", target: target, headers: HTTPHeaders(headers), body: [])
        let canonical = CanonicalRequest.bytes(request, signedHeaders: signed.signedHeaders.map { Substring($0) }) ?? []
        let algorithm = signed.derivedInfo.map { AuthorizationField.Algorithm.derived(info: $0) } ?? .plain
        let signature = SigningKey(accessKey: signed.key, secret: signed.secret)
            .signature(of: canonical, date: date, algorithm: algorithm)
        let credential =
            signed.derivedInfo.map { "V11-HMAC-SHA256 Credential=\(signed.key)/\($0)" }
            ?? "SDK-HMAC-SHA256 Access=\(signed.key)"
        let authorization =
            "\(credential), SignedHeaders=\(signed.signedHeaders.joined(separator: ";")), "
            + "Signature=\(String(decoding: signature, as: UTF8.self))"
        return try await send(
            "GET", signed.sentTarget ?? target, headers + [("Authorization", authorization)], atMost: signed.atMost)
    }

    /// Any request, over a connection that the answer ends.
    func send(
        _ method: String, _ target: String, _ headers: [(String, String)] = [], body: String = "",
        atMost: Int = 1 << 28
    ) async throws -> RawAnswer {
        var text = "\(method) \(target) HTTP/1.1\r\n"
        var fields = headers
        if !fields.contains(where: { $0.0 == "Host" }) { fields.insert(("Host", "127.0.0.1"), at: 0) }
        fields.append(("Connection", "close"))
        if !body.isEmpty { fields.append(("Content-Length", String(body.utf8.count))) }
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        return try await RawClient(port: cloud.port, atMost: atMost).exchange(text + "\r\n" + body)
    }

    static func statePath(_ urn: String, project: String = project, action: String = "state") -> String {
        "/v2/\(project)/fgs/functions/\(urn)/snapshots/\(action)"
    }

    /// The answer about a function's snapshot; the name is completed to a URN.
    func state(_ name: String, _ signed: Signed = Signed()) async throws -> RawAnswer {
        try await get(Self.statePath(name.hasPrefix("urn:") ? name : Self.base + name), signed)
    }

    /// The state in the answer; empty if there is none.
    func word(_ name: String, _ signed: Signed = Signed()) async throws -> String {
        try await state(name, signed)["state"] ?? ""
    }
}

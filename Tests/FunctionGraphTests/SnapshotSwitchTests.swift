import FunctionGraph
import Testing

@Suite struct SnapshotSwitchTests {
    private func ask(_ body: String) async throws -> (SwitchAnswer, FakeCloud) {
        let cloud = FakeCloud(FakeTransport(200, body))
        let answer = try await cloud.client.snapshotSwitch(
            try Sample.urn, credential: Sample.credential, timeout: .seconds(1))
        return (answer, cloud)
    }

    @Test(
        arguments: [
            (#"{"state":"enable"}"#, true, "enable"), (#"{"state":"Disable "}"#, false, "Disable"),
            (#"{"state":true}"#, true, "true"), (#"{"state":false}"#, false, "false"),
            (#"{"state":"on"}"#, true, "on"), (#"{"state":"OFF"}"#, false, "OFF"),
            (#"{"enableSnapshot":"true","state":"disable"}"#, true, "true"),
            (#"{"enable_snapshot":false}"#, false, "false"),
            (#"{"enabled":true}"#, true, "true"), ("true", true, "true"), (#""off""#, false, "off"),
            (#"{"state":"maybe"}"#, nil, "maybe"), (#"{"state":1}"#, nil, "1"), (#"{"state":null}"#, nil, ""),
            (#"{"other":"enable"}"#, nil, ""), ("{}", nil, ""), ("[true]", nil, ""), ("null", nil, ""),
        ] as [(String, Bool?, String)])
    func `a value is looked for where it may be`(_ body: String, _ value: Bool?, _ raw: String) async throws {
        let (answer, _) = try await ask(body)
        #expect(answer.value == value && answer.rawText == raw)
    }

    @Test func `the path names the action`() async throws {
        let (_, cloud) = try await ask("{}")
        #expect(cloud.transport.requests.first?.encodedPath.hasSuffix("/snapshots/enableSnapshot") == true)
        #expect(cloud.log.calls.first?.operation == .snapshotSwitch)
    }

    @Test(arguments: ["", "enable", "<html>"])
    func `what is no JSON is a decode failure`(_ body: String) async throws {
        let cloud = FakeCloud(FakeTransport(200, body))
        let urn = try Sample.urn
        let failure = await failure { () async throws(CloudFailure) in
            try await cloud.client.snapshotSwitch(urn, credential: Sample.credential, timeout: .seconds(1))
        }
        #expect(failure?.reason == .decode)
    }
}

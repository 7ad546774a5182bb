import FunctionGraph
import Testing

@Suite struct EnvironmentCredentialsTests {
    private static let profile = "[basic]\nak = FILEAK\nsk = file-secret\n"

    private func resolve(_ environment: [String: String], files: [String: String] = [:]) throws(ProfileFault)
        -> EnvironmentCredentials.Source
    {
        try EnvironmentCredentials.resolve(environment: environment) { path throws(ProfileFault) in files[path] }
    }

    private func key(_ id: String, _ secret: String, _ token: String? = nil) -> AccessKey {
        AccessKey(id: id, secret: Secret(secret), securityToken: token.map { Secret($0) })
    }

    @Test func `the sources are asked in the contract's order`() throws {
        var environment = [
            "HUAWEICLOUD_SDK_AK": "A", "HUAWEICLOUD_SDK_SK": "a", "HUAWEICLOUD_SDK_SECURITY_TOKEN": "t",
            "CLOUD_SDK_AK": "B", "CLOUD_SDK_SK": "b", "HUAWEICLOUD_SDK_CREDENTIALS_FILE": "/named", "HOME": "/home/u",
        ]
        let files = ["/named": Self.profile, "/home/u/.huaweicloud/credentials": "[basic]\nak=HOMEAK\nsk=home-secret"]
        #expect(
            try resolve(environment, files: files) == .accessKey(key("A", "a", "t"), origin: "HUAWEICLOUD_SDK_AK"))
        environment["HUAWEICLOUD_SDK_SK"] = ""
        #expect(try resolve(environment, files: files) == .accessKey(key("B", "b"), origin: "CLOUD_SDK_AK"))
        environment["CLOUD_SDK_AK"] = nil
        #expect(try resolve(environment, files: files) == .accessKey(key("FILEAK", "file-secret"), origin: "/named"))
        environment["HUAWEICLOUD_SDK_CREDENTIALS_FILE"] = nil
        #expect(
            try resolve(environment, files: files)
                == .accessKey(key("HOMEAK", "home-secret"), origin: "/home/u/.huaweicloud/credentials"))
        #expect(try resolve(environment) == .metadata)
        #expect(try resolve([:]) == .metadata)
    }

    @Test(arguments: [
        ([:] as [String: String], "/named: no such file"),
        (["/named": "[global]\nak=x\nsk=y"], "[basic] with ak and sk"),
        (["/named": "[basic]\nak=x"], "ak without sk"), (["/named": "[basic\nak=x"], ":1: expected "),
    ])
    func `a profile that was named must be there and whole`(_ files: [String: String], _ message: String) throws {
        let fault = #expect(throws: ProfileFault.self) {
            try resolve(["HUAWEICLOUD_SDK_CREDENTIALS_FILE": "/named"], files: files)
        }
        #expect(fault?.message.contains(message) == true)
    }

    @Test(
        arguments: [
            ([:], []), (["HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "b"], []),
            (["HUAWEICLOUD_SDK_AK": "a"], ["HUAWEICLOUD_SDK_AK is set without HUAWEICLOUD_SDK_SK: it is not used"]),
            (
                ["CLOUD_SDK_SK": "b", "CLOUD_SDK_AK": " "],
                ["CLOUD_SDK_SK is set without CLOUD_SDK_AK: it is not used"]
            ),
        ] as [([String: String], [String])])
    func `half a pair is told of`(_ environment: [String: String], _ words: [String]) {
        #expect(EnvironmentCredentials.halves(environment) == words)
    }

    @Test func `a profile at home without a key leads to the metadata service`() throws {
        let files = ["/h/.huaweicloud/credentials": "[global]\nak=x\nsk=y\n"]
        #expect(try resolve(["HOME": "/h"], files: files) == .metadata)
    }

    @Test(
        arguments: [
            ("[basic]\nak = A\nsk = S\n", "A", "S", nil), ("[basic]\r\nAK=A\r\nSK=S=s\r\n", "A", "S=s", nil),
            (
                "\u{FEFF}# c\n; c\n[global]\nak=no\nsk=no\n\n[ basic ]\nak: A\nsk:S\nsecurity_token = T\nproject_id=p",
                "A", "S", "T"
            ),
            ("[basic]\nak=old\nak=A\nsk=S\nsecurity_token=\n", "A", "S", nil),
        ] as [(String, String, String, String?)])
    func `profiles are read`(_ text: String, _ id: String, _ secret: String, _ token: String?) throws {
        #expect(try ProfileParser.parse(text) == key(id, secret, token))
    }

    @Test(arguments: ["", "[basic]\n", "[global]\nak=x\nsk=y", "ak=x\nsk=y"])
    func `a profile may hold no key of ours`(_ text: String) throws {
        #expect(try ProfileParser.parse(text) == nil)
    }

    @Test(arguments: ["[basic]\nak=x", "[basic]\nsk=very-secret", "[basic]\nvery-secret", "[basic"])
    func `a malformed profile is told without its values`(_ text: String) {
        let fault = #expect(throws: ProfileFault.self) { try ProfileParser.parse(text) }
        #expect(fault?.message.contains("very-secret") == false)
    }
}

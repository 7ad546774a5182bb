import FunctionGraph
import Settings
import Testing

@Suite struct ConfigurationTests {
    static func configuration(_ text: String) throws -> Configuration {
        let loaded = ConfigurationLoader(path: "/etc/fg/config.yml", environment: [:])
            .load(text: Array(text.utf8), previous: nil)
        #expect(loaded.faults.map { "\($0)" } == [])
        return try #require(loaded.configuration)
    }

    @Test("Only watch is required; everything else has the documented defaults")
    func defaults() throws {
        let read = try Self.configuration("watch: {functions: []}")
        #expect(read == Configuration())
        #expect(read.poll.interval == .seconds(60))
        #expect(read.poll.creatingInterval == .seconds(10))
        #expect(read.poll.timeout == .seconds(10))
        #expect(read.poll.retries == 2)
        #expect(read.poll.staleAfter == 5)
        #expect(read.poll.switchPolled)
        #expect(read.poll.switchInterval == .seconds(600))
        #expect(read.limits.requestsPerSecond == 10)
        #expect(read.limits.maxInFlight == 32)
        #expect(read.limits.functions == 20_000)
        #expect(read.accounts == [AccountSettings(name: "default", projects: nil, auth: .environment)])
        #expect(read.tls.minimumVersion == .tls12)
        #expect(read.endpoints.metadata == "http://169.254.169.254")
    }

    @Test("Sections with nothing in them are as if they were left out")
    func emptySections() throws {
        let read = try Self.configuration("poll:\nlimits:\naccounts:\nendpoints:\ntls:\nproxy:\nwatch: {files: []}")
        #expect(read == Configuration())
    }

    @Test(
        "A list whose entries are all commented out is an empty list",
        arguments: ["functions", "files", "discover"])
    func emptyLists(_ key: String) throws {
        let read = try Self.configuration("watch:\n  \(key):\n    # - an entry\n")
        #expect(read == Configuration())
    }

    @Test("Every setting is read")
    func everything() throws {
        let read = try Self.configuration(SampleText.everything)
        #expect(read.poll.interval == .seconds(90))
        #expect(read.poll.creatingInterval == .seconds(5))
        #expect(read.poll.timeout == .milliseconds(2500))
        #expect(read.poll.retries == 0)
        #expect(read.poll.staleAfter == 7)
        #expect(!read.poll.switchPolled)
        #expect(read.poll.switchInterval == .seconds(1800))
        #expect(read.limits.requestsPerSecond == 2.5)
        #expect(read.limits.maxInFlight == 8)
        #expect(read.limits.functions == 500)
        #expect(
            read.accounts == [
                AccountSettings(
                    name: "production", projects: ["p1", "p2"],
                    auth: .accessKey(
                        id: .credential("access-key-id"), secret: .file("/etc/fg/keys/secret"),
                        securityToken: .env("TOKEN"))),
                AccountSettings(
                    name: "corp", projects: ["p3"],
                    auth: .password(domain: "corp", user: "monitor", password: .credential("iam-password"))),
                AccountSettings(name: "renewed", projects: ["p4"], auth: .token(.file("/run/token"))),
                AccountSettings(name: "agency", projects: ["p5"], auth: .ecsAgency),
                AccountSettings(name: "rest", projects: nil, auth: .environment),
            ])
        #expect(read.endpoints.functionGraph(region: "r1") == "https://fg.r1.example.com/api")
        #expect(read.endpoints.functionGraph(region: "r2") == "https://fg-two.example.com")
        #expect(read.endpoints.iam(region: "r1") == "http://127.0.0.1:8080")
        #expect(read.endpoints.iam(region: "r2") == "http://127.0.0.1:8080")
        #expect(read.endpoints.metadata == "http://[::1]:8081")
        #expect(read.tls.caFile == "/etc/fg/ca.pem")
        #expect(read.tls.minimumVersion == .tls13)
        #expect(read.proxy == ProxySettings(url: "http://u:p@proxy:3128", noProxy: [".example.com", "10.0.0.0/8"]))
        #expect(read.watch.labelNames == ["area", "team", "tier"])
        #expect(
            read.watch.functions == [
                WatchedFunction(
                    urn: try FunctionURN("urn:fss:r1:p1:function:default:orders:v3"), interval: .seconds(120),
                    expect: [.enable], labels: ["team": "no", "tier": "1"], account: "production", source: .list),
                WatchedFunction(
                    urn: try FunctionURN("urn:fss:r1:p3:function:default:billing:!prod"), interval: .seconds(30),
                    expect: [], labels: ["team": "billing", "tier": "1"], account: "corp", source: .list),
                WatchedFunction(
                    urn: try FunctionURN("urn:fss:r1:p9:function:default:mail:v1"), interval: .seconds(120),
                    expect: [.unknown, .createFail], labels: ["team": "no", "tier": "1"], account: "rest",
                    source: .list),
            ])
        var discovery = DiscoverySettings(account: "corp", region: "r1", project: "p3")
        discovery.package = "shop"
        discovery.name = "prod-*"
        discovery.runtime = "*"
        discovery.versions = .aliases
        discovery.listInterval = .seconds(300)
        discovery.expect = [.enable]
        discovery.labels = ["area": "x"]
        discovery.interval = .seconds(90)
        #expect(read.watch.discoveries == [discovery])
        let urn = try FunctionURN("urn:fss:r1:p3:function:shop:prod-a:v1")
        let watched = discovery.watched(urn)
        #expect(watched.source == .discovery)
        #expect(watched.account == "corp")
        #expect(watched.labels == ["area": "x"])
    }

    @Test("What is left out comes from watch.defaults, then poll; discovery inherits from poll only")
    func inheritance() throws {
        let read = try Self.configuration(
            """
            poll: {interval: 20s}
            watch:
              functions: [urn:fss:r:p:function:d:f:v1]
              discover: [{region: r, project: p}]
            """)
        #expect(read.watch.functions.map(\.interval) == [.seconds(20)])
        #expect(read.watch.functions.map(\.expect) == [[.enable, .creating]])
        #expect(read.watch.discoveries.map(\.interval) == [.seconds(20)])
        #expect(read.watch.discoveries.map(\.expect) == [[]])
        #expect(read.watch.discoveries.map(\.runtime) == ["Java*"])
        #expect(read.watch.discoveries.map(\.versions) == [.latestPublished])
        let overridden = try Self.configuration(
            """
            watch:
              defaults: {interval: 2m, expect: [], labels: {team: a}}
              functions: [urn:fss:r:p:function:d:f:v1]
              discover: [{region: r, project: p}]
            """)
        #expect(overridden.watch.functions.map(\.interval) == [.seconds(120)])
        #expect(overridden.watch.functions.map(\.expect) == [[]])
        #expect(overridden.watch.functions.map(\.labels) == [["team": "a"]])
        #expect(overridden.watch.discoveries.map(\.interval) == [.seconds(60)])
        #expect(overridden.watch.discoveries.map(\.labels) == [[:]])
    }

    @Test("A function that is not listed is as an entry of its URN alone would have it")
    func listed() throws {
        let accounts = "accounts: [{name: a, projects: [p], auth: {environment: {}}}]\n"
        let bare = try Self.configuration(accounts + "poll: {interval: 20s}\nwatch: {functions: []}\n")
        let urn = try FunctionURN("urn:fss:r:p:function:d:f:v1")
        let function = try #require(bare.listed(urn))
        #expect(function.interval == .seconds(20))
        #expect(function.expect == [.enable, .creating])
        #expect(function.account == "a")
        #expect(try bare.listed(FunctionURN("urn:fss:r:other:function:d:f:v1")) == nil)
        let defaults = "watch: {defaults: {interval: 2m, expect: [disable], labels: {team: x}}, functions: [E]}\n"
        let entry = "{urn: \"urn:fss:r:p:function:d:own:v1\", expect: []}"
        let read = try Self.configuration(accounts + defaults.replacing("E", with: entry))
        let inherited = try #require(read.listed(urn))
        #expect(inherited.interval == .seconds(120))
        #expect(inherited.expect == [.disable])
        #expect(inherited.labels == ["team": "x"])
        #expect(try read.listed(FunctionURN("urn:fss:r:p:function:d:own:v1")) == read.watch.functions.first)
    }

    @Test("A search that stands twice counts once, and the warning names the one that counts")
    func searchTwice() {
        let loaded = ConfigurationLoader(path: "config.yml", environment: [:])
            .load(
                text: Array(
                    """
                    watch:
                      discover:
                      - {region: r, project: p}
                      - {region: r, project: p, name: "a*"}
                      - {project: p, region: r, package: "*"}

                    """.utf8), previous: nil)
        #expect(loaded.configuration?.watch.discoveries.map(\.name) == ["*", "a*"])
        #expect(
            loaded.warnings.map { "\($0)" } == ["config.yml:5:5: stands at config.yml:3:5 already, which counts"])
    }

    @Test(
        "The setting gives a scalar its type: what YAML takes for a boolean, a number or null stays text",
        arguments: [
            "no", "on", "1", "0x10", "null", "~", "1e3", "2001-01-01", "'quoted'",
        ])
    func labelText(_ value: String) throws {
        let read = try Self.configuration(
            "watch: {functions: [{urn: \"urn:fss:r:p:function:d:f:v1\", labels: {team: \(value)}}]}")
        #expect(read.watch.functions.first?.labels["team"] == value.replacing("'", with: ""))
    }

    @Test(
        "The vendor's endpoints",
        arguments: [
            (
                "cn-north-4", "https://functiongraph.cn-north-4.myhuaweicloud.com",
                "https://iam.cn-north-4.myhuaweicloud.com"
            ),
            (
                "eu-west-101", "https://functiongraph.eu-west-101.myhuaweicloud.eu",
                "https://iam.eu-west-101.myhuaweicloud.eu"
            ),
            ("cn-north-11", "https://functiongraph.cn-north-11.myhuaweicloud.com", "https://iam.myhuaweicloud.com"),
        ])
    func endpoints(_ region: String, _ functionGraph: String, _ iam: String) {
        let endpoints = EndpointSettings()
        #expect(endpoints.functionGraph(region: region) == functionGraph)
        #expect(endpoints.iam(region: region) == iam)
    }

    @Test("The account of a project is the one that names it, else the one that names none")
    func accountForProject() throws {
        let read = try Self.configuration(SampleText.everything)
        #expect(read.account(forProject: "p2", named: nil)?.name == "production")
        #expect(read.account(forProject: "p77", named: nil)?.name == "rest")
        #expect(read.account(forProject: "p2", named: "production")?.name == "production")
        #expect(read.account(forProject: "p2", named: "rest") == nil)
        #expect(read.account(forProject: "p2", named: "nobody") == nil)
    }

    @Test("Secrets are listed with the places that name them")
    func secretUses() {
        let loaded = ConfigurationLoader(path: "config.yml", environment: [:])
            .load(
                text: Array(
                    "accounts: [{name: a, auth: {access_key: {id: {env: A}, secret: {env: B}}}}]\nwatch: {functions: []}"
                        .utf8), previous: nil)
        #expect(loaded.secrets.map(\.setting) == ["access_key.id", "access_key.secret"])
        #expect(loaded.secrets.map { "\($0.mark)" } == ["1:52", "1:70"])
        #expect(loaded.configuration?.accounts.first?.auth.secrets.map(\.reference) == [.env("A"), .env("B")])
    }

    @Test("A long list is read whole")
    func longList() throws {
        let entries = (0..<20_000).map { "    - urn:fss:cn-north-4:p1:function:default:f\($0):v1\n" }.joined()
        let read = try Self.configuration("watch:\n  functions:\n" + entries)
        #expect(read.watch.functions.count == 20_000)
        #expect(Set(read.watch.functions.map(\.urn)).count == 20_000)
    }
}

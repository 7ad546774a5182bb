import FunctionGraph
import Settings
import Testing

@Suite struct ProxySettingsTests {
    @Test(
        "A proxy is taken apart",
        arguments: [
            ("http://proxy", "proxy", 80, nil, nil), ("http://proxy:3128/", "proxy", 3128, nil, nil),
            ("http://u:p%40ss@proxy:1", "proxy", 1, "u", "p@ss"), ("http://u@[::1]:8080", "::1", 8080, "u", nil),
            ("HTTP://10.0.0.1", "10.0.0.1", 80, nil, nil),
        ] as [(String, String, Int, String?, String?)])
    func address(_ url: String, _ host: String, _ port: Int, _ user: String?, _ password: String?) throws {
        let address = try #require(ProxyAddress(url: url))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.user == user)
        #expect(address.password?.reveal() == password)
    }

    @Test(
        "What is no proxy is refused",
        arguments: [
            "", "proxy:3128", "https://proxy", "socks5://proxy", "http://", "http://:80", "http://proxy:0",
            "http://proxy:65536", "http://proxy:x", "http://proxy/path", "http://pro xy", "http://proxy?x",
            "http://[::1",
            "http://u%zz@proxy", "http://@proxy", "http://proxy\n",
        ])
    func badAddress(_ url: String) {
        #expect(ProxyAddress(url: url) == nil)
    }

    @Test(
        "Hosts that are asked directly",
        arguments: [
            (["example.com"], "https://example.com", false), (["example.com"], "https://a.example.com", false),
            (["example.com"], "https://notexample.com", true), ([".example.com"], "https://example.com", true),
            ([".example.com"], "https://a.EXAMPLE.com:8443", false),
            (["*.example.com"], "https://a.example.com", false),
            (["example.com:8443"], "https://example.com", true), (["example.com:443"], "https://example.com", false),
            (["*"], "https://example.com", false), (["10.0.0.0/8"], "https://10.255.0.1", false),
            (["10.0.0.0/8"], "https://11.0.0.1", true), (["10.0.0.0/8"], "https://ten.example.com", true),
            (["10.0.0.128/25"], "https://10.0.0.127", true), (["10.0.0.128/25"], "https://10.0.0.200", false),
            (["fd00::/8"], "https://[fd12::1]:443", false), (["fd00::/8"], "https://[fe80::1]", true),
            (["192.0.2.1"], "https://192.0.2.1", false), (["[2001:db8::1]:443"], "https://[2001:db8:0::1]", false),
            ([], "https://localhost:1", true), ([], "https://127.0.0.2", true), ([], "https://[::1]", true),
            (["localhost"], "https://localhost:1", false), (["127.0.0.0/8"], "https://127.0.0.2", false),
            ([], "https://example.com", true), (["x/y"], "https://x", true), ([""], "https://example.com", true),
        ] as [([String], String, Bool)])
    func noProxy(_ rules: [String], _ url: String, _ isProxied: Bool) {
        let settings = ProxySettings(url: "http://proxy:3128", noProxy: rules)
        #expect((settings.proxy(for: url) != nil) == isProxied)
    }

    @Test("The environment's proxies stand for the targets of their scheme")
    func environment() {
        let both = ProxySettings.fromEnvironment([
            "HTTPS_PROXY": "http://secure:1", "http_proxy": "plain:2", "NO_PROXY": "a.example, .b.example",
        ])
        #expect(both?.proxy(for: "https://x.example")?.host == "secure")
        #expect(both?.proxy(for: "http://x.example")?.port == 2)
        #expect(both?.noProxy == ["a.example", ".b.example"])
        for url in ["https://localhost:1", "https://127.0.0.2", "https://[::1]"] {
            #expect(both?.proxy(for: url) == nil)
        }
        #expect(ProxySettings.fromEnvironment(["HTTP_PROXY": "http://p"])?.proxy(for: "https://x.example") == nil)
        #expect(ProxySettings.fromEnvironment([:]) == nil)
        #expect(ProxySettings.fromEnvironment(["HTTPS_PROXY": "", "NO_PROXY": "x"]) == nil)
        #expect(ProxySettings.fromEnvironment(["HTTPS_PROXY": "socks5://p"]) == nil)
    }

    @Test("A proxy variable that cannot be used is a warning, without its text")
    func unusableVariable() {
        let loaded = ConfigurationLoader(path: "config.yml", environment: ["https_proxy": "socks5://u:hunter2@p"])
            .load(text: Array("watch: {discover: [{region: r, project: p}]}".utf8), previous: nil)
        #expect(
            loaded.warnings.map { "\($0)" } == [
                "config.yml: the variable https_proxy of the environment is not used: expected http://HOST:PORT"
            ])
    }

    @Test("The URL is never shown")
    func redaction() {
        let settings = ProxySettings(url: "http://u:hunter2@proxy", noProxy: ["a"])
        var configuration = Configuration()
        configuration.proxy = settings
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), "\(configuration)", dumped] {
            #expect(!text.contains("hunter2"))
        }
        var address = ""
        dump(settings.proxy(for: "https://x.example"), to: &address)
        #expect(!address.contains("hunter2"))
    }
}

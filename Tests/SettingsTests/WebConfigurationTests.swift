import FunctionGraph
import Settings
import Testing

@Suite struct WebConfigurationTests {
    static let hash = "$2y$10$abcdefghijklmnopqrstuuWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"

    static func load(_ text: String) -> (WebConfiguration?, [String]) {
        let (configuration, faults) = WebConfigurationLoader.parse(Array(text.utf8), path: "/etc/fg/web.yml")
        return (configuration, faults.map { "\($0)".replacing("/etc/fg/", with: "") })
    }

    @Test("Every setting is read, with paths relative to the file")
    func everything() throws {
        let (read, faults) = Self.load(SampleText.web)
        #expect(faults == [])
        let configuration = try #require(read)
        let tls = try #require(configuration.tls)
        #expect(tls.certFile == "/etc/fg/server.crt")
        #expect(tls.keyFile == "/keys/server.key")
        #expect(tls.clientCAFile == "/etc/fg/clients.pem")
        #expect(tls.clientAuthType == .requireAndVerifyClientCert)
        #expect(tls.allowedSANs == ["one.example.com", "10.0.0.1"])
        #expect(tls.minVersion == .tls12)
        #expect(tls.maxVersion == .tls13)
        #expect(tls.cipherSuites.count == 2)
        #expect(!tls.preferServerCipherSuites)
        #expect(tls.curvePreferences == ["X25519", "CurveP256"])
        #expect(!configuration.http2)
        #expect(configuration.headers.count == 5)
        #expect(configuration.headers["X-XSS-Protection"] == "1")
        #expect(configuration.users == ["alice": Self.hash])
        #expect(configuration.rateLimit == WebRateLimit(burst: 20, interval: .milliseconds(100)))
        #expect(configuration.warnings.map { "\($0)" } == ["/etc/fg/web.yml:11:22: curve_preferences has no effect"])
    }

    @Test(
        "What says nothing is plain HTTP for everyone",
        arguments: [
            "", "# nothing\n", "{}", "~",
            "tls_server_config:\nhttp_server_config: null\nbasic_auth_users: {}\nrate_limit:\n",
            "http_server_config: {headers: {X-XSS-Protection: ''}}", "rate_limit: {interval: 0, burst: 0}",
            "rate_limit: {burst: 5}",
        ])
    func empty(_ text: String) {
        let (configuration, faults) = Self.load(text)
        #expect(faults == [])
        #expect(configuration == WebConfiguration())
    }

    @Test("Certificates and keys may stand in the file; the key is never shown")
    func inline() throws {
        let (read, faults) = Self.load(
            "tls_server_config:\n  cert: |\n    CERT\n  key: hunter2\n  client_ca: CA\n  client_auth_type: RequireClientCert\n"
        )
        #expect(faults == [])
        let tls = try #require(read?.tls)
        #expect(tls.certText == "CERT\n")
        #expect(tls.keyText?.reveal() == "hunter2")
        #expect(tls.clientCAText == "CA")
        #expect(tls.clientAuthType == .requireAnyClientCert)
        var dumped = ""
        dump(read, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test(
        "Faults are told with their places, and never with a password",
        arguments: [
            ("x\n", ["web.yml:1:1: web configuration: expected a mapping, found text"]),
            (
                "tls_config: {}\n",
                [
                    "web.yml:1:1: unknown key 'tls_config', expected one of tls_server_config, http_server_config,"
                        + " basic_auth_users, rate_limit"
                ]
            ),
            ("tls_server_config: {cert_file: a}\n", ["web.yml:1:20: tls_server_config: expected key_file or key"]),
            (
                "tls_server_config: {key_file: a, cert_file: ''}\n",
                [
                    "web.yml:1:20: tls_server_config: expected cert_file or cert"
                ]
            ),
            (
                "tls_server_config: {cert_file: a, key_file: b, client_ca_file: c}\n",
                [
                    "web.yml:1:20: client_ca_file without a client_auth_type: expected RequireAndVerifyClientCert or another"
                ]
            ),
            (
                "tls_server_config: {cert_file: a, key_file: b, client_auth_type: RequireAnyClientCrt}\n",
                [
                    "web.yml:1:66: client_auth_type: unknown type 'RequireAnyClientCrt', did you mean 'RequireAnyClientCert'?"
                ]
            ),
            (
                "tls_server_config: {cert_file: a, key_file: b, min_version: TLS14}\n",
                [
                    "web.yml:1:61: min_version: expected one of TLS10, TLS11, TLS12, TLS13, found 'TLS14'"
                ]
            ),
            (
                "tls_server_config: {cert_file: a, key_file: b, min_version: TLS13, max_version: TLS12}\n",
                [
                    "web.yml:1:61: min_version: expected at most the max_version TLS12, found TLS13"
                ]
            ),
            (
                "tls_server_config: {cert_file: a, key_file: b, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]}\n",
                [
                    "web.yml:1:63: cipher_suites: HTTP/2 needs TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or"
                        + " TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: add one, or set http2: false"
                ]
            ),
            (
                "tls_server_config: {cert_file: a, key_file: b, curve_preferences: [P256]}\n",
                [
                    "web.yml:1:68: curve_preferences: unknown name 'P256', expected one of CurveP256, CurveP384, CurveP521,"
                        + " X25519"
                ]
            ),
            (
                "http_server_config: {http2: maybe, header: {}}\n",
                [
                    "web.yml:1:29: http2: expected true or false, found 'maybe'",
                    "web.yml:1:36: unknown key 'header', did you mean 'headers'?",
                ]
            ),
            (
                "http_server_config: {headers: {X-Frame-Option: deny, X-Frame-Options: none}}\n",
                [
                    "web.yml:1:32: headers: 'X-Frame-Option' cannot be set, did you mean 'X-Frame-Options'?",
                    "web.yml:1:71: X-Frame-Options: expected deny or sameorigin, found 'none'",
                ]
            ),
            (
                "http_server_config: {headers: {X-XSS-Protection: \"1\\r\\nX: y\"}}\n",
                [
                    "web.yml:1:50: X-XSS-Protection: expected one line of printable text"
                ]
            ),
            (
                "basic_auth_users: {bob: hunter2}\n",
                [
                    "web.yml:1:25: password of 'bob': expected a bcrypt hash of 60 characters that begins with $2y$, $2b$ or"
                        + " $2a$ (htpasswd -nBC 10 '')"
                ]
            ),
            (
                "basic_auth_users: {'a:b': \(hash)}\n",
                [
                    "web.yml:1:20: basic_auth_users: expected a name of printable text without ':', found 'a:b'"
                ]
            ),
            (
                "rate_limit: {interval: 1 s, burst: -1}\n",
                [
                    "web.yml:1:24: interval: expected a duration such as 100ms or 1.5s, or 0 for no limit, found '1 s'",
                    "web.yml:1:36: burst: expected a whole number from 0 to 1000000000, found '-1'",
                ]
            ),
        ])
    func faults(_ text: String, _ faults: [String]) {
        let (configuration, found) = Self.load(text)
        #expect(found == faults)
        #expect(configuration == nil)
    }

    @Test(
        "Hashes",
        arguments: [
            (hash, 10), (hash.replacing("$2y$10", with: "$2a$04"), 4), (hash.replacing("$2y$10", with: "$2b$31"), 31),
            (hash.replacing("$2y$10", with: "$2x$10"), nil), (hash.replacing("$2y$10", with: "$2y$03"), nil),
            (hash.replacing("$2y$10", with: "$2y$99"), nil), (hash + "x", nil), (String(hash.dropLast()), nil),
            (hash.replacing("W", with: "!"), nil), ("", nil),
        ] as [(String, Int?)])
    func hashes(_ text: String, _ cost: Int?) {
        #expect(BcryptHash.cost(text) == cost)
    }

    @Test("A hash that is too dear is warned of")
    func dearHash() {
        let (configuration, faults) = Self.load(
            "basic_auth_users: {bob: \(Self.hash.replacing("$10$", with: "$18$"))}\n")
        #expect(faults == [])
        #expect(
            configuration?.warnings.map { "\($0)" } == [
                "/etc/fg/web.yml:1:25: the hash of 'bob' has the cost 18, which is too dear to compute: expected 4 to 14,"
                    + " the user is refused"
            ])
        let users = Self.load(
            "basic_auth_users: {bob: \(Self.hash.replacing("$10$", with: "$15$")), al: \(Self.hash)}\n"
        ).0?.verifiableUsers
        #expect(users?["al"] == Self.hash)
        #expect(users?["bob"].flatMap { BcryptHash.cost($0) } == 10)
        #expect(users?["bob"] != Self.hash)
    }

    @Test(
        "A rate without a burst is warned of, because it refuses everything",
        arguments: [
            ("{interval: 1s}", true), ("{interval: 1s, burst: 0}", true), ("{interval: 1s, burst: 1}", false),
            ("{burst: 0}", false), ("{interval: 0, burst: 0}", false),
        ])
    func rateWithoutBurst(_ text: String, _ warned: Bool) {
        let (configuration, faults) = Self.load("rate_limit: \(text)\n")
        #expect(faults == [])
        let warning =
            "/etc/fg/web.yml:1:13: rate_limit without a burst refuses every request: expected burst: 1 or more"
        #expect(configuration?.warnings.map { "\($0)" } == (warned ? [warning] : []))
    }

    @Test(
        "Intervals are Go's durations",
        arguments: [
            ("1s", Duration.seconds(1)), ("1.5s", .milliseconds(1500)), ("1h1m1s", .seconds(3661)),
            ("100ms", .milliseconds(100)),
            ("5us", .microseconds(5)), ("5µs", .microseconds(5)), ("1000000", .milliseconds(1)),
        ])
    func intervals(_ text: String, _ interval: Duration) {
        let (configuration, faults) = Self.load("rate_limit: {interval: \(text), burst: 1}")
        #expect(faults == [])
        #expect(configuration?.rateLimit?.interval == interval)
    }

    @Test("What is no interval is refused", arguments: ["-1s", "1", "s", ".s", "1d", "1s1", "-5", "1e3s", "99999999h"])
    func badIntervals(_ text: String) {
        let (configuration, faults) = Self.load("rate_limit: {interval: \(text), burst: 1}")
        // A bare number is nanoseconds.
        #expect((faults.count == 1) == (text != "1"))
        #expect((configuration == nil) == (text != "1"))
    }

    @Test("A file that is not there is a fault without a place")
    func missing() {
        let (configuration, faults) = WebConfigurationLoader.load(path: "/nonexistent/web.yml")
        #expect(configuration == nil)
        #expect(faults.map { "\($0)" } == ["/nonexistent/web.yml: does not exist"])
    }
}

import Settings
import Testing

@Suite struct ConfigurationFaultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let faults: [String]
        init(_ text: String, _ faults: String...) {
            self.text = text
            self.faults = faults
        }
        var testDescription: String { faults.joined(separator: " | ") }
    }

    static let watch = "watch: {functions: [urn:fss:cn-north-4:p1:function:default:orders:v3]}\n"
    static let duration = "expected a duration such as 90s or 1m30s, from 5s to 1d"
    static let longDuration = "expected a duration such as 90s or 1m30s, from 5s to 7d"
    static let secret = "expected {credential: NAME}, {file: PATH} or {env: NAME}, never the secret itself"

    static func load(_ text: String) -> LoadedConfiguration {
        ConfigurationLoader(path: "config.yml", environment: [:]).load(text: Array(text.utf8), previous: nil)
    }

    private func check(_ row: Row, _ text: String) {
        let loaded = Self.load(text)
        #expect(loaded.faults.map { "\($0)" } == row.faults.map { "config.yml:" + $0 })
        #expect(loaded.configuration == nil)
    }

    @Test(
        "The text as a whole",
        arguments: [
            Row("", "1:1: expected the key 'watch'"),
            Row("# nothing\n", "1:1: expected the key 'watch'"),
            Row("just text\n", "1:1: configuration: expected a mapping, found text"),
            Row("- a\n", "1:1: configuration: expected a mapping, found a list"),
            Row("poll: {}\n", "1:1: expected the key 'watch'"),
            Row("watch: {}\n", "1:8: watch: expected one of functions, files, discover"),
            Row("watch:\n", "1:7: watch: expected one of functions, files, discover"),
            Row("watch: [a]\n", "1:8: watch: expected a mapping, found a list"),
            Row(
                "watch: {functions: []}\npol: {}\nzebra: 1\n", "2:1: unknown key 'pol', did you mean 'poll'?",
                "3:1: unknown key 'zebra', expected one of poll, limits, accounts, endpoints, tls, proxy, watch"),
            Row("watch: {functions: []}\nwatch: {functions: []}\n", "2:1: key 'watch' stands twice, first at 1:1"),
            Row(
                "watch: [\n",
                "2:1: did not find expected node content while parsing a flow node"),
            Row(
                "watch:\n  functions: []\n  file: []\n  z: 1\n", "3:3: unknown key 'file', did you mean 'files'?",
                "4:3: unknown key 'z', expected one of defaults, functions, files, discover"),
        ])
    func whole(_ row: Row) { check(row, row.text) }

    @Test(
        "poll and limits",
        arguments: [
            Row("poll: 5\n", "1:7: poll: expected a mapping, found text"),
            Row("poll: {interval: 4s}\n", "1:18: interval: \(duration), found '4s'"),
            Row("poll: {interval: 25h}\n", "1:18: interval: \(duration), found '25h'"),
            Row("poll: {interval: 60}\n", "1:18: interval: \(duration), found '60'"),
            Row("poll: {interval: [1m]}\n", "1:18: interval: \(duration), found a list"),
            Row("poll:\n  interval:\n", "2:12: interval: \(duration), found nothing"),
            Row("poll: {intervall: 1m}\n", "1:8: unknown key 'intervall', did you mean 'interval'?"),
            Row("poll: {interval: 1m, interval: 2m}\n", "1:22: key 'interval' stands twice, first at 1:8"),
            Row(
                "poll: {creating_interval: x, timeout: 0s}\n",
                "1:27: creating_interval: expected a duration such as 90s or 1m30s, from 1s to 1d, found 'x'",
                "1:39: timeout: expected a duration such as 90s or 1m30s, from 100ms to 1h, found '0s'"),
            Row("poll: {retries: -1}\n", "1:17: retries: expected a whole number from 0 to 100, found '-1'"),
            Row("poll: {stale_after: 0}\n", "1:21: stale_after: expected a whole number from 1 to 1000, found '0'"),
            Row("poll: {switch: yes}\n", "1:16: switch: expected true or false, found 'yes'"),
            Row("poll: {switch_interval: 1s}\n", "1:25: switch_interval: \(longDuration), found '1s'"),
            Row(
                "limits: {requests_per_second: 0, max_in_flight: 257, functions: many}\n",
                "1:31: requests_per_second: expected a number from 0.01 to 10000, found '0'",
                "1:49: max_in_flight: expected a whole number from 1 to 256, found '257'",
                "1:65: functions: expected a whole number from 1 to 1000000, found 'many'"),
            Row("limits: {function: 1}\n", "1:10: unknown key 'function', did you mean 'functions'?"),
        ])
    func pollAndLimits(_ row: Row) { check(row, row.text + Self.watch) }

    @Test(
        "accounts",
        arguments: [
            Row("accounts: {}\n", "1:11: accounts: expected a list, found a mapping"),
            Row("accounts: []\n", "1:11: accounts: expected at least one account"),
            Row("accounts: [{}]\n", "1:12: expected the key 'name'", "1:12: expected the key 'auth'"),
            Row(
                "accounts: [{name: a, auth: {}}]\n",
                "1:28: auth: expected exactly one of access_key, password, token, ecs_agency, environment"),
            Row(
                "accounts: [{name: a, auth: {environment: {}, ecs_agency: {}}}]\n",
                "1:46: auth: expected exactly one of access_key, password, token, ecs_agency, environment,"
                    + " found environment, ecs_agency"),
            Row(
                "accounts: [{name: a, auth: {acess_key: {}}}]\n",
                "1:29: unknown key 'acess_key', did you mean 'access_key'?"),
            Row(
                "accounts: [{name: '', auth: {environment: {}}}]\n",
                "1:19: name: expected 1 to 128 bytes of printable text"),
            Row(
                "accounts: [{name: a, auth: {environment: {x: 1}}}]\n", "1:43: unknown key 'x', expected none"),
            Row(
                "accounts:\n- {name: a, auth: {environment: {}}}\n- {name: a, projects: [p2], auth: {environment: {}}}\n",
                "3:10: two accounts are named 'a'"),
            Row(
                "accounts:\n- {name: a, auth: {environment: {}}}\n- {name: b, auth: {environment: {}}}\n",
                "3:3: two accounts without 'projects': 'a' has none either"),
            Row(
                "accounts:\n- {name: a, projects: [p1], auth: {environment: {}}}\n"
                    + "- {name: b, projects: [p2, p1], auth: {environment: {}}}\n",
                "3:28: two accounts for the project 'p1': 'a' has it already"),
            Row(
                "accounts: [{name: a, projects: [p1, p1], auth: {environment: {}}}]\n",
                "1:37: project 'p1' stands twice"),
            Row(
                "accounts: [{name: a, projects: [], auth: {environment: {}}}]\n",
                "1:32: projects: expected at least one project id (left out: all that no other account names)"),
            Row(
                "accounts: [{name: a, projects: [p/1], auth: {environment: {}}}]\n",
                "1:33: project: expected a project id (1 to 64 letters, digits, '-', '_'), found 'p/1'"),
            Row(
                "accounts: [{name: a, auth: {token: {file: /t}}}]\n",
                "1:29: token: expected exactly one id in 'projects', for a token belongs to one project"),
            Row(
                "accounts: [{name: a, projects: [p1, p2], auth: {token: {file: /t}}}]\n",
                "1:49: token: expected exactly one id in 'projects', for a token belongs to one project"),
            Row(
                "accounts: [{name: a, auth: {access_key: {id: {env: A}}}}]\n", "1:41: expected the key 'secret'"),
            Row(
                "accounts: [{name: a, auth: {password: {user: u, password: {env: P}}}}]\n",
                "1:39: expected the key 'domain'"),
            Row(
                "accounts: [{name: a, projects: [p2], auth: {environment: {}}}]\n",
                "2:21: no account answers for the project 'p1': name it in 'projects' of one"),
        ])
    func accounts(_ row: Row) { check(row, row.text + Self.watch) }

    @Test(
        "A secret written out is never quoted",
        arguments: [
            Row("{id: hunter2, secret: {env: A}}", "1:46: access_key.id: \(secret)"),
            Row("{id: {hunter2: x}, secret: {env: A}}", "1:46: access_key.id: \(secret)"),
            Row("{id: {env: A, hunter2: x}, secret: {env: A}}", "1:46: access_key.id: \(secret)"),
            Row("{id: [hunter2], secret: {env: A}}", "1:46: access_key.id: \(secret)"),
            Row("{id: {env: A}, secret: {env: [hunter2]}}", "1:70: access_key.secret.env: expected text, found a list"),
            Row(
                "{id: {credential: hunter2/x}, secret: {env: A}}",
                "1:59: access_key.id.credential: expected the name of a credential, without '/'"),
            Row(
                "{id: {env: hunter2=x}, secret: {env: A}}",
                "1:52: access_key.id.env: expected the name of an environment variable"),
            Row("{id: {env: A}, secret: {file: ''}}", "1:71: access_key.secret.file: expected the path of a file"),
            Row(
                "{id: *hunter2, secret: {env: A}}",
                "1:46: unknown alias: text that begins with * needs quotes"),
            Row(
                "{id: !hunter2 x, secret: {env: A}}",
                "1:46: tags have no meaning here: text that begins with ! needs quotes",
                "1:46: access_key.id: \(secret)"),
        ])
    func secrets(_ row: Row) {
        check(row, "accounts: [{name: a, auth: {access_key: \(row.text)}}]\n" + Self.watch)
    }

    @Test(
        "endpoints, tls and proxy",
        arguments: [
            Row(
                "endpoints: {functiongraph: ftp://x}\n",
                "1:28: functiongraph: expected http:// or https://, a host, and no user, ?, # or blank,"
                    + " as in https://functiongraph.{region}.myhuaweicloud.com"),
            Row(
                "endpoints: {iam: 'https://user:hunter2@iam'}\n",
                "1:18: iam: expected http:// or https://, a host, and no user, ?, # or blank,"
                    + " as in https://iam.{region}.myhuaweicloud.com"),
            Row(
                "endpoints: {iam: 'https://iam.{regoin}.x'}\n",
                "1:18: iam: expected http:// or https://, a host, and no user, ?, # or blank,"
                    + " as in https://iam.{region}.myhuaweicloud.com"),
            Row(
                "endpoints: {metadata: 'http://{region}'}\n",
                "1:23: metadata: expected http:// or https://, a host, and no user, ?, # or blank,"
                    + " as in http://169.254.169.254"),
            Row(
                "endpoints: {regions: {a b: {iam: https://x:99999}}}\n",
                "1:23: regions: expected the code of a region such as cn-north-4, found 'a b'",
                "1:34: iam: expected http:// or https://, a host, and no user, ?, # or blank,"
                    + " as in https://iam.{region}.myhuaweicloud.com"),
            Row("endpoints: {regions: {r1: x}}\n", "1:27: r1: expected a mapping, found text"),
            Row("tls: {min_version: TLS11}\n", "1:20: min_version: expected TLS12 or TLS13, found 'TLS11'"),
            Row("tls: {ca_file: ''}\n", "1:16: ca_file: expected the path of a file"),
            Row(
                "tls: {insecure_skip_verify: true}\n",
                "1:7: unknown key 'insecure_skip_verify', expected one of ca_file, min_version"),
            Row("proxy: {no_proxy: [a]}\n", "1:8: expected the key 'url'"),
            Row(
                "proxy: {url: 'https://u:hunter2@proxy:1'}\n",
                "1:14: url: expected http://[USER:PASSWORD@]HOST[:PORT] (TLS to the proxy itself is not supported)"),
            Row(
                "proxy: {url: 'http://p', no_proxy: ['a,b']}\n",
                "1:37: no_proxy: expected a host, .domain, address or network, found 'a,b'"),
        ])
    func transport(_ row: Row) { check(row, row.text + Self.watch) }

    @Test(
        "watch.functions",
        arguments: [
            Row("functions: 5\n", "1:21: functions: expected a list, found text"),
            Row(
                "functions: [{}, [a], ~]\n", "1:22: expected the key 'urn'",
                "1:26: function: expected an URN or a mapping with the key 'urn', found a list",
                "1:31: '~' is no function URN: expected 7 or 8 fields"
                    + " (urn:fss:REGION:PROJECT:function:PACKAGE:NAME[:VERSION|:!ALIAS]), found 1"),
            Row(
                "functions: [\"urn:fss:cn-north-4:p1:func:default:orders:v3\"]\n",
                "1:22: 'urn:fss:cn-north-4:p1:func:default:orders:v3' is no function URN:"
                    + " expected 'function' as field 5, found 'func'"),
            Row(
                "functions: [{urn: \"\", intervall: 1m}]\n", "1:28: '' is no function URN: it is empty",
                "1:32: unknown key 'intervall', did you mean 'interval'?"),
            Row("functions: [{urn: U, interval: 1s}]\n", "1:41: interval: \(duration), found '1s'"),
            Row(
                "functions: [{urn: U, expect: enable}]\n",
                "1:39: expect: expected a list such as [enable, creating], or [], found text"),
            Row(
                "functions: [{urn: U, expect: [enabled, x]}]\n",
                "1:40: expect: unknown state 'enabled', did you mean 'enable'?",
                "1:49: expect: unknown state 'x', expected one of enable, disable, creating, create_fail, expire,"
                    + " circuit_breaking, unknown"),
            Row("functions: [{urn: U, labels: [a]}]\n", "1:39: labels: expected a mapping, found a list"),
            Row("functions: [{urn: U, labels: {a: [b]}}]\n", "1:43: label 'a': expected text, found a list"),
            Row(
                "functions: [{urn: U, labels: {Team: x, __a: x, a-b: x, '': x}}]\n",
                "1:40: label 'Team': expected a name of a-z, 0-9 and _ that begins with a letter",
                "1:49: label '__a': expected a name of a-z, 0-9 and _ that begins with a letter",
                "1:57: label 'a-b': expected a name of a-z, 0-9 and _ that begins with a letter",
                "1:65: label '': expected a name of a-z, 0-9 and _ that begins with a letter"),
            Row(
                "functions: [{urn: U, labels: {exported_job: x, instance: x, version: x}}]\n",
                "1:40: label 'exported_job': expected a name that does not begin with exported_,"
                    + " which Prometheus uses itself",
                "1:57: label 'instance': expected another name, for this one has a meaning of its own",
                "1:70: label 'version': expected another name, for this one has a meaning of its own"),
            Row(
                "functions: [{urn: U, account: defualt}]\n",
                "1:40: unknown account 'defualt', did you mean 'default'?"),
            Row("functions: [{urn: U, account: zz}]\n", "1:40: unknown account 'zz', expected one of default"),
            Row(
                "files: [a.yml, '']\n", "1:25: files: expected the path of a file, wildcards * ? [ ] allowed",
                "1:18: the watch file a.yml does not exist"),
            Row("files: watch.d\n", "1:17: files: expected a list, found text"),
            Row(
                "defaults: {interval: 1s, expect: 1, labels: {le: x}, account: a}, functions: []\n",
                "1:31: interval: \(duration), found '1s'",
                "1:43: expect: expected a list such as [enable, creating], or [], found text",
                "1:55: label 'le': expected another name, for this one has a meaning of its own",
                "1:63: unknown key 'account', expected one of interval, expect, labels"),
        ])
    func functions(_ row: Row) {
        let urn = "\"urn:fss:r:p1:function:d:f\""
        // Places after the URN are those of the text with the URN's letter in its place.
        let shift = urn.count - 1
        let text = "watch: { " + row.text.replacing("urn: U", with: "urn: \(urn)").dropLast() + "}\n"
        let isShifted = row.text.contains("urn: U")
        let faults = row.faults.map { fault -> String in
            let parts = fault.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard let column = Int(parts[1]), isShifted else { return fault }
            return "\(parts[0]):\(column + shift):\(parts[2])"
        }
        let loaded = Self.load(text)
        #expect(Set(loaded.faults.map { "\($0)" }) == Set(faults.map { "config.yml:" + $0 }))
        #expect(loaded.faults.count == faults.count)
        #expect(loaded.configuration == nil)
    }

    @Test(
        "watch.discover",
        arguments: [
            Row("{}", "1:20: expected the key 'region'", "1:20: expected the key 'project'"),
            Row("x", "1:20: discover: expected a mapping, found text"),
            Row(
                "{region: 'a.b', project: ''}",
                "1:29: region: expected the code of a region such as cn-north-4, found 'a.b'",
                "1:45: project: expected a project id, found ''"),
            Row(
                "{region: r, project: p, versions: latest}",
                "1:54: versions: expected one of latest-published, published, aliases, found 'latest'"),
            Row(
                "{region: r, project: p, name: '', list_interval: 1s}",
                "1:50: name: expected text with the wildcards * and ?",
                "1:69: list_interval: \(longDuration), found '1s'"),
            Row(
                "{region: r, project: p, package: '[ab]', name: 'prod-[0-2]', runtime: 'Java[1'}",
                "1:53: package: expected text with the wildcards * and ?, and no others, found '[ab]'",
                "1:67: name: expected text with the wildcards * and ?, and no others, found 'prod-[0-2]'",
                "1:90: runtime: expected text with the wildcards * and ?, and no others, found 'Java[1'"),
            Row(
                "{region: r, project: p, account: b, runtimes: x}",
                "1:53: unknown account 'b', expected one of default",
                "1:56: unknown key 'runtimes', did you mean 'runtime'?"),
        ])
    func discover(_ row: Row) { check(row, "watch: {discover: [\(row.text)]}\n") }

    @Test("All faults are told in one go, in the order of the text")
    func allAtOnce() {
        let loaded = Self.load("watch: {functions: [x]}\npoll: {retries: x}\ntls: {min_version: x}\nzz: 1\n")
        #expect(loaded.faults.count == 4)
        #expect(
            loaded.faults.map { "\($0)".split(separator: ":")[1] } == ["1", "2", "3", "4"])
    }

    @Test("Who answers is told: an account by name answers only for its own projects")
    func accountByName() {
        let loaded = Self.load(
            """
            accounts:
            - {name: a, projects: [p1], auth: {environment: {}}}
            - {name: b, auth: {environment: {}}}
            watch:
              functions:
              - {urn: "urn:fss:r:p1:function:d:f:v1", account: b}
              - {urn: "urn:fss:r:p2:function:d:f:v1", account: a}
              - {urn: "urn:fss:r:p2:function:d:f:v1", account: b}
            """)
        #expect(
            loaded.faults.map { "\($0)" } == [
                "config.yml:6:52: account 'b' does not answer for the project 'p1': 'a' does",
                "config.yml:7:52: account 'a' does not answer for the project 'p2': 'b' does",
            ])
    }

    @Test("A configuration that cannot be read is a fault without a place")
    func unreadable() {
        let missing = ConfigurationLoader(path: "/nonexistent/config.yml", environment: [:]).load(previous: nil)
        #expect(missing.faults.map { "\($0)" } == ["/nonexistent/config.yml: does not exist"])
        let directory = ConfigurationLoader(path: "/", environment: [:]).load(previous: nil)
        #expect(directory.faults.map { "\($0)" } == ["/: is a directory, expected a file"])
    }
}

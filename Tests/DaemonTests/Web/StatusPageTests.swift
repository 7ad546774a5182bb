import FunctionGraph
import Settings
import Testing
import YAML

@testable import Daemon

@Suite("The status page")
struct StatusPageTests {
    private static let attack = "</td><script>alert(1)</script><img src=x onerror='a()'>\"&"
    private static let harmless =
        "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;"

    @Test("escapes every text from outside")
    func escaping() throws {
        var record = try PageSamples.record(
            "f", .unknown, labels: ["team": Self.attack], failure: PageSamples.refusal("message" + Self.attack))
        record.rawState = "raw" + Self.attack
        record.code = "code" + Self.attack
        record.failure?.errorCode = "errorcode" + Self.attack
        record.failure?.requestID = "requestid" + Self.attack
        var reload = ReloadState.Picture()
        reload.faults = [Fault(file: "f" + Self.attack, mark: nil, message: "fault" + Self.attack)]
        reload.warnings = [Fault(file: "w" + Self.attack, mark: nil, message: "warning" + Self.attack)]
        var status = PageSamples.status([record])
        status.accounts = [
            PollStatus.AccountState(
                name: "account" + Self.attack, method: "method" + Self.attack, isPaused: true, isProven: false,
                nextTrialSeconds: 60, expiryUnixSeconds: nil, failure: PageSamples.refusal("refusal" + Self.attack),
                functions: 1)
        ]
        let page = PageSamples.page(status, query: [("q", "f")], reload: reload)
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        let places = [
            "team=", "message", "raw", "code", "errorcode", "requestid", "fault", "warning", "account", "method",
        ]
        for place in places {
            #expect(page.contains(place + Self.harmless), "\(place)")
        }
        let search = PageSamples.page(status, query: [("q", Self.attack)], reload: reload)
        #expect(search.contains("value=\"\(Self.harmless)\""))
        #expect(!search.contains("<script"))
    }

    @Test("control characters become the replacement character")
    func controls() {
        var html = HTMLWriter()
        html.text("a\u{0}b\u{1B}c\u{7F}d\te\nf")
        #expect(String(decoding: html.take(), as: UTF8.self) == "a&#xFFFD;b&#xFFFD;c&#xFFFD;d\te\nf")
    }

    @Test("tells of a function all that is known of it")
    func functions() throws {
        var record = try PageSamples.record(
            "orders", .createFail, labels: ["team": "billing", "tier": ""], failure: PageSamples.refusal())
        record.code = "FSS.1162"
        record.switchEnabled = false
        record.failingSinceUnixSeconds = PageSamples.nowUnixSeconds - 120
        let page = PageSamples.page(PageSamples.status([record]))
        let parts = [
            "<span class=\"badge bad\">create_fail</span>", "code FSS.1162", "switched off", "<b class=\"err\">no</b>",
            "wanted: enable or creating", "<b>orders</b> v1", "at least ", ">1 min 30 s</time>", "5 s ago",
            "every 1 min, 250 ms", "forbidden", "HTTP 403", "FSS.1126", "no permission", "0badc0de",
            "failing for 2 min, last good answer 5 s ago", "team=billing", "(1) FunctionGraph snapshots",
            "1 of 1 function needs attention.",
        ]
        for part in parts { #expect(page.contains(part), "\(part)") }
        #expect(!page.contains("tier="))
        record.isSinceAtLeast = false
        #expect(!PageSamples.page(PageSamples.status([record])).contains("at least 1"))
        #expect(!PageSamples.page(PageSamples.status([record])).contains("at least <time"))
    }

    @Test("tells of pauses, holds, rates, discovery and the last reload")
    func sections() throws {
        var status = PageSamples.status([try PageSamples.record("f")])
        status.ignored = 7
        status.accounts = [
            PollStatus.AccountState(
                name: "production", method: "access_key", isPaused: true, isProven: false, nextTrialSeconds: 240,
                expiryUnixSeconds: PageSamples.nowUnixSeconds + 3600, failure: PageSamples.refusal("wrong key"),
                functions: 12)
        ]
        status.projects = [
            PollStatus.ProjectState(
                id: ProjectID(region: "cn-north-4", project: PageSamples.project), functions: 12,
                requestsPerSecond: 2.5, configuredRequestsPerSecond: 10, throttleWaitSeconds: 75, inFlight: 3,
                waiting: 4, heldBecause: .dns, effectiveTurnSeconds: 180, isSwitchPolled: false)
        ]
        var settings = DiscoverySettings(account: "production", region: "cn-north-4", project: PageSamples.project)
        settings.name = "prod-*"
        status.discoveries = [
            PollStatus.DiscoveryState(
                settings: settings, functions: 5, lastSuccessUnixSeconds: PageSamples.nowUnixSeconds - 30,
                failure: PageSamples.refusal("no listing"), isListing: true)
        ]
        var reload = ReloadState.Picture()
        reload.acceptedUnixSeconds = PageSamples.nowUnixSeconds - 3600
        reload.readUnixSeconds = PageSamples.nowUnixSeconds - 60
        reload.faults = [Fault(file: "config.yml", mark: Mark(line: 3, column: 7), message: "unknown key 'x'")]
        reload.badWatchFiles = ["watch.d/a.yml": [Fault(file: "watch.d/a.yml", mark: nil, message: "no list")]]
        let page = PageSamples.page(status, reload: reload)
        let parts = [
            "Account production is paused", "next trial in 4 min", "wrong key", "(in 1 h)",
            "is held: it cannot be reached (dns)", "2.5 of 10 requests/s", "1 min 15 s", "3 under way", "4 waiting",
            "stretched to 3 min", "the switch is not asked for", "name prod-*", "listing now", "no listing", "30 s ago",
            "The last reload was refused", "config.yml:3:7: unknown key &#39;x&#39;", "watch.d/a.yml: no list",
            "The last reading had 2 faults", "7 functions are not watched",
        ]
        for part in parts { #expect(page.contains(part), "\(part)") }
    }

    @Test(
        "tells of a clock that is off by five minutes or more, and which way",
        arguments: [
            (nil, nil), (-299, nil), (301, "5 min 1 s ahead of the cloud's"), (-960, "16 min behind the cloud's"),
        ] as [(Double?, String?)])
    func clock(_ skew: Double?, _ words: String?) throws {
        let page = PageSamples.page(PageSamples.status([try PageSamples.record("f")]), clockSkewSeconds: skew)
        #expect(page.contains("The clock here") == (words != nil))
        if let words { #expect(page.contains(words.replacing("'", with: "&#39;"))) }
    }

    @Test("tells how late the most overdue poll is", arguments: [(9.9, false), (75.0, true)])
    func lag(_ seconds: Double, _ isShown: Bool) throws {
        var status = PageSamples.status([try PageSamples.record("f")])
        status.lagSeconds = seconds
        #expect(PageSamples.page(status).contains("Most overdue poll: 1 min 15 s late") == isShown)
    }

    @Test("says that nothing is watched")
    func empty() {
        let page = PageSamples.page(PageSamples.status([]))
        #expect(page.contains("No function is watched."))
        #expect(page.contains("the watch list holds no function"))
    }

    @Test("is allowed no script and nothing from elsewhere, under a nonce of its own each time")
    func policy() throws {
        let status = PageSamples.status([try PageSamples.record("f")])
        let pages = (0..<20).map { _ in PageSamples.statusPage(status) }
        #expect(Set(pages.map(\.nonce)).count == 20)
        for page in pages {
            let policy = try #require(page.headers.first { $0.0 == "Content-Security-Policy" }?.1)
            #expect(policy.hasPrefix("default-src 'none'; style-src 'nonce-\(page.nonce)'; img-src data:;"))
            #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
            #expect(page.nonce.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
            let html = String(decoding: page.document(), as: UTF8.self)
            #expect(html.contains("<style nonce=\"\(page.nonce)\">"))
            for forbidden in ["<script", "http://", "https://", " style=", "onclick", "url(", "@import", "<iframe"] {
                #expect(!html.contains(forbidden), "\(forbidden)")
            }
        }
    }

    @Test("its links are relative, so that a proxy may serve it under a path", arguments: ["/metrics", "/a/b"])
    func relative(path: String) throws {
        let page = PageSamples.page(PageSamples.status([try PageSamples.record("f")]), telemetryPath: path)
        #expect(page.contains("href=\".\(path)\""))
        #expect(page.contains("href=\"./api/v1/functions\""))
        #expect(!page.contains("href=\"/"))
    }

    @Test("the filter keeps order and refresh, and the states that are chosen")
    func form() throws {
        let page = PageSamples.page(
            PageSamples.status([try PageSamples.record("f")]),
            query: [
                ("state", "enable"), ("sort", "since"), ("order", "desc"), ("refresh", "15"), ("q", "f"), ("page", "4"),
                ("failing", "0"),
            ])
        for (name, value) in [("state", "enable"), ("sort", "since"), ("order", "desc"), ("refresh", "15")] {
            #expect(page.contains("<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"))
        }
        #expect(!page.contains("name=\"page\""))
        #expect(page.contains("<meta http-equiv=\"refresh\" content=\"15\">"))
        #expect(page.contains("aria-sort=\"descending\""))
        #expect(!page.contains("checked"))
    }

    @Test(
        "lengths of time in words",
        arguments: [
            (0, "0 s"), (0.4, "0 s"), (59.4, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (3600, "1 h"),
            (7500, "2 h 5 min"), (172_800, "2 d"), (353_000, "4 d 2 h"), (-5, "0 s"), (.infinity, "–"),
        ] as [(Double, String)])
    func lengths(seconds: Double, words: String) {
        #expect(StatusText.length(seconds) == words)
    }

    @Test(
        "how long a poll took in words",
        arguments: [
            (0, "0 ms"), (0.0334, "33 ms"), (0.9996, "1.0 s"), (1.24, "1.2 s"), (42.3, "42 s"), (90, "1 min 30 s"),
        ] as [(Double, String)])
    func took(seconds: Double, words: String) {
        #expect(StatusText.took(seconds) == words)
    }
}

import FunctionGraph

/// `/`: what someone wants to see at 3 a.m. Plain HTML without script, from one request, escaped throughout.
struct StatusPage: Sendable {
    let status: PollStatus
    /// Local minus cloud; `nil` before the first answer.
    let clockSkewSeconds: Double?
    let reload: ReloadState.Picture
    let view: StatusView
    let options: WebOptions
    let counts: StatusCounts
    let selection: StatusSelection
    /// Marks the style sheet as ours in the Content-Security-Policy; new and not to be guessed for each answer.
    let nonce: String

    init(
        status: PollStatus, clockSkewSeconds: Double?, reload: ReloadState.Picture, view: StatusView,
        options: WebOptions
    ) {
        self.status = status
        self.clockSkewSeconds = clockSkewSeconds
        self.reload = reload
        self.view = view
        self.options = options
        counts = StatusCounts(status.functions)
        selection = StatusSelection(status.functions, view)
        // 128 bits of the system's random numbers, as Content Security Policy Level 3 §7.1 asks for.
        var random = SystemRandomNumberGenerator()
        nonce = (0..<2).map { _ in String(random.next() as UInt64, radix: 36) }.joined()
    }

    /// Every poll waits a little; from here on it is worth a word.
    private static let lagShownFromSeconds = 10.0

    /// Nothing from elsewhere, no script at all, no framing, and no copy kept: the next look is a new one.
    var headers: [(String, String)] {
        let policy =
            "default-src 'none'; style-src 'nonce-\(nonce)'; img-src data:; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
        return [
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
        ]
    }

    /// The whole page. It is made at once, off the event loop: a page of functions takes a few milliseconds.
    func document() -> [UInt8] {
        var html = HTMLWriter()
        head(&html)
        header(&html)
        html.markup("<main>")
        tiles(&html)
        notes(&html)
        html.markup("<h2 id=\"functions\">Functions</h2>")
        states(&html)
        filter(&html)
        StatusFunctionTable(
            selection: selection, view: view, nowUnixSeconds: status.nowUnixSeconds,
            hasLabels: !status.labelNames.isEmpty
        ).write(&html)
        accounts(&html)
        projects(&html)
        discoveries(&html)
        configuration(&html)
        html.markup("</main>")
        foot(&html)
        return html.take()
    }

    // MARK: Top

    private func head(_ html: inout HTMLWriter) {
        html.markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        html.markup("<meta name=\"color-scheme\" content=\"light dark\"><title>")
        if counts.inTrouble > 0 { html.text("(\(counts.inTrouble)) ") }
        html.markup("FunctionGraph snapshots</title><link rel=\"icon\" href=\"")
        html.markup(isTrouble ? StatusStyle.badIcon : StatusStyle.goodIcon)
        html.markup("\">")
        if view.refreshSeconds > 0 {
            html.markup("<meta http-equiv=\"refresh\" content=\"")
            html.text(String(view.refreshSeconds))
            html.markup("\">")
        }
        html.markup("<style nonce=\"")
        html.text(nonce)
        html.markup("\">")
        html.markup(StatusStyle.sheet)
        html.markup("</style></head><body>")
    }

    /// Whether anything on the page wants someone.
    private var isTrouble: Bool {
        counts.inTrouble > 0 || !reload.isGood || status.accounts.contains(where: \.isPaused)
            || status.projects.contains { $0.heldBecause != nil }
    }

    private func header(_ html: inout HTMLWriter) {
        html.markup("<header><h1>FunctionGraph snapshots</h1><p class=\"verdict")
        if counts.inTrouble > 0 { html.markup(" err") }
        html.markup("\"><b>")
        html.text(verdict)
        html.markup("</b></p><p class=\"dim small\">")
        if let last = status.summary.lastPollUnixSeconds {
            html.markup("Last poll ")
            html.time(last, StatusText.length(status.nowUnixSeconds - last) + " ago")
            html.markup(" · ")
        }
        if status.lagSeconds >= Self.lagShownFromSeconds {
            html.text("Most overdue poll: \(StatusText.length(status.lagSeconds)) late · ")
        }
        html.text("As of \(UTCText.people(status.nowUnixSeconds))")
        if options.shard.count > 1 { html.text(" · shard \(options.shard)") }
        html.markup(" · <span class=\"choices\">Refresh: ")
        for seconds in StatusView.refreshChoices {
            let label = seconds == 0 ? "off" : "\(seconds) s"
            if seconds == view.refreshSeconds {
                html.markup("<b aria-current=\"true\">")
                html.text(label)
                html.markup("</b>")
            } else {
                html.link(view.link { $0.refreshSeconds = seconds }, label)
            }
            html.markup(" ")
        }
        html.markup("</span></p></header>")
    }

    private var verdict: String {
        let watched = StatusText.count(counts.watched)
        if counts.watched == 0 { return "No function is watched." }
        if counts.inTrouble > 0 {
            let need = counts.watched == 1 ? "function needs" : "functions need"
            return "\(StatusText.count(counts.inTrouble)) of \(watched) \(need) attention."
        }
        if counts.asExpected == counts.watched { return "Every function is as expected." }
        return "No function needs attention; \(StatusText.count(counts.asExpected)) of \(watched) are as expected."
    }

    private func tiles(_ html: inout HTMLWriter) {
        let all = view.withoutFilter
        html.markup("<div class=\"tiles\">")
        tile(&html, all.address, counts.watched, "watched", "")
        tile(&html, nil, counts.asExpected, "as expected", counts.asExpected > 0 ? "good" : "")
        let unexpected = all.link { $0.onlyUnexpected = true }
        tile(&html, unexpected, counts.unexpected, "not as expected", counts.unexpected > 0 ? "bad" : "")
        let failing = all.link { $0.onlyFailing = true }
        tile(&html, failing, counts.failing, "polls failing", counts.failing > 0 ? "bad" : "")
        let without = counts.perState[.none] ?? 0
        if without > 0 { tile(&html, all.link { $0.states = [.none] }, without, "without a state", "") }
        if status.ignored > 0 { tile(&html, nil, status.ignored, "left out by the limit", "bad") }
        html.markup("</div>")
    }

    private func tile(
        _ html: inout HTMLWriter, _ href: String?, _ number: Int, _ label: String, _ style: StaticString
    ) {
        html.markup(href == nil ? "<div class=\"tile " : "<a class=\"tile ")
        html.markup(style)
        if let href {
            html.markup("\" href=\"")
            html.text(href)
        }
        html.markup("\"><b>")
        html.count(number)
        html.markup("</b> ")
        html.text(label)
        html.markup(href == nil ? "</div>" : "</a>")
    }

    // MARK: Filter

    /// A link for each state there is, with how many are in it: pressed, it is taken off again.
    private func states(_ html: inout HTMLWriter) {
        html.markup("<nav class=\"states\" aria-label=\"States\">")
        for choice in StatusView.StateChoice.allCases {
            let (count, isChosen) = (counts.perState[choice] ?? 0, view.states.contains(choice))
            guard count > 0 || isChosen else { continue }
            html.markup("<a class=\"chip\" href=\"")
            html.text(
                view.link {
                    $0.states.formSymmetricDifference([choice])
                    $0.page = 1
                })
            html.markup(isChosen ? "\" aria-current=\"true\">" : "\">")
            html.text(choice == .none ? "no state" : choice.word)
            html.markup(" <b>")
            html.count(count)
            html.markup(isChosen ? "</b> ×</a> " : "</b></a> ")
        }
        html.markup("</nav>")
    }

    private func filter(_ html: inout HTMLWriter) {
        html.markup(
            "<form method=\"get\" role=\"search\" autocomplete=\"off\"><input type=\"search\" name=\"q\" value=\"")
        html.text(view.text)
        html.markup("\" maxlength=\"200\" placeholder=\"Name, URN, label, error, request id\" aria-label=\"Text\">")
        checkbox(&html, "unexpected", "not as expected", view.onlyUnexpected)
        checkbox(&html, "failing", "polls failing", view.onlyFailing)
        var rest = view
        (rest.text, rest.onlyUnexpected, rest.onlyFailing, rest.page) = ("", false, false, 1)
        for (name, value) in rest.parameters {
            html.markup("<input type=\"hidden\" name=\"")
            html.markup(name)
            html.markup("\" value=\"")
            html.text(value)
            html.markup("\">")
        }
        html.markup("<button>Filter</button> ")
        if !view.isWhole { html.link(view.withoutFilter.address, "Show all") }
        html.markup("</form>")
    }

    private func checkbox(_ html: inout HTMLWriter, _ name: StaticString, _ label: String, _ isChecked: Bool) {
        html.markup("<label><input type=\"checkbox\" name=\"")
        html.markup(name)
        html.markup(isChecked ? "\" value=\"1\" checked> " : "\" value=\"1\"> ")
        html.text(label)
        html.markup("</label>")
    }

    private func foot(_ html: inout HTMLWriter) {
        html.markup("<footer>")
        html.text("functiongraph-exporter \(options.version.version), revision \(options.version.revision), up since ")
        html.text("\(UTCText.people(options.startedUnixSeconds)) · ")
        // Relative, so that a proxy may put the page under a path of its own.
        html.link("." + options.telemetryPath, "metrics")
        html.markup(" · ")
        html.link("./api/v1/functions", "JSON")
        html.markup("</footer></body></html>\n")
    }
}

import FunctionGraph
import YAML

/// `/`: what someone wants to see at 3 a.m. Plain HTML without script, from one request, escaped throughout.
struct StatusPage: Sendable {
    let status: PollStatus
    let reload: ReloadState.Picture
    let view: StatusView
    let options: WebOptions
    /// Marks the style sheet as ours in the Content-Security-Policy.
    private let nonce: String
    private let selected: [FunctionRecord]

    init(status: PollStatus, reload: ReloadState.Picture, view: StatusView, options: WebOptions) {
        self.status = status
        self.reload = reload
        self.view = view
        self.options = options
        nonce =
            String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
        selected = view.select(status.functions)
    }

    /// Nothing from elsewhere, no script at all, and no framing.
    var headers: [(String, String)] {
        let policy =
            "default-src 'none'; style-src 'nonce-\(nonce)'; img-src data:; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
        return [
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
        ]
    }

    /// The page, a piece at a time.
    func pieces() -> @Sendable () -> [UInt8]? {
        let counter = PieceCounter()
        return { piece(counter.next()) }
    }

    private func piece(_ number: Int) -> [UInt8]? {
        var html = HTMLWriter()
        switch number {
        case 0:
            head(&html)
            summary(&html)
            notes(&html)
            filter(&html)
        case 1: functions(&html)
        case 2:
            accounts(&html)
            projects(&html)
            discoveries(&html)
            reloadSection(&html)
            foot(&html)
        default: return nil
        }
        return html.take()
    }

    // MARK: Top

    private func head(_ html: inout HTMLWriter) {
        html.markup("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
        if status.summary.unexpected > 0 { html.text("(\(status.summary.unexpected)) ") }
        html.markup("FunctionGraph snapshots</title><link rel=\"icon\" href=\"data:,\">")
        if view.refreshSeconds > 0 {
            html.markup("<meta http-equiv=\"refresh\" content=\"")
            html.number(view.refreshSeconds)
            html.markup("\">")
        }
        html.markup("<style nonce=\"")
        html.text(nonce)
        html.markup("\">")
        html.markup(StatusStyle.sheet)
        html.markup("</style></head><body><header><h1>FunctionGraph snapshots</h1><p class=\"dim small\">")
        html.text("As of \(UTCText.people(status.nowUnixSeconds))")
        if options.shard.count > 1 { html.text(" · shard \(options.shard)") }
        html.markup(" · refresh ")
        for seconds in [0, 5, 15, 60] {
            let label = seconds == 0 ? "off" : "\(seconds) s"
            if seconds == view.refreshSeconds {
                html.text(label)
            } else {
                html.link(view.link { $0.refreshSeconds = seconds }, label)
            }
            html.markup(" ")
        }
        html.markup("</p></header><main>")
    }

    private func summary(_ html: inout HTMLWriter) {
        let numbers = status.summary
        html.markup("<div class=\"tiles\">")
        tile(&html, StatusView().address, numbers.watched, "watched", "")
        tile(&html, StatusView().address, numbers.asExpected, "as expected", "good")
        tile(
            &html,
            view.link {
                $0 = StatusView(); $0.onlyTrouble = true
            }, numbers.unexpected, "not as expected",
            numbers.unexpected > 0 ? "bad" : "")
        tile(
            &html,
            view.link {
                $0 = StatusView(); $0.onlyTrouble = true
            }, numbers.failing, "polls failing",
            numbers.failing > 0 ? "bad" : "")
        if numbers.neverPolled > 0 {
            tile(
                &html,
                view.link {
                    $0 = StatusView(); $0.state = "none"
                }, numbers.neverPolled, "never answered", "")
        }
        if status.ignored > 0 { tile(&html, "?", status.ignored, "left out by the limit", "bad") }
        html.markup("</div>")
    }

    private func tile(
        _ html: inout HTMLWriter, _ href: String, _ number: Int, _ label: String, _ style: StaticString
    ) {
        html.markup("<a class=\"tile ")
        html.markup(style)
        html.markup("\" href=\"")
        html.text(href)
        html.markup("\"><b>")
        html.number(number)
        html.markup("</b>")
        html.text(label)
        html.markup("</a>")
    }

    private func notes(_ html: inout HTMLWriter) {
        if !reload.faults.isEmpty {
            html.markup(
                "<div class=\"note\"><b>The last reload was refused; the configuration before it is in force.</b>")
            faults(&html, reload.faults.map(\.description))
            html.markup("</div>")
        }
        if !reload.badWatchFiles.isEmpty {
            html.markup("<div class=\"note\"><b>Watch files were refused; their last good entries are kept.</b>")
            faults(&html, reload.badWatchFiles.sorted { $0.key < $1.key }.flatMap { $0.value }.map(\.description))
            html.markup("</div>")
        }
        for account in status.accounts where account.isPaused {
            html.markup("<div class=\"note\"><b>")
            html.text("Account \(account.name) is paused: its credentials were refused.")
            html.markup("</b> ")
            if let failure = account.failure { html.text(failure.forPeople) }
            if let next = account.nextTrialSeconds {
                html.text(" Next trial in \(Duration.seconds(max(0, next)).forPeople).")
            }
            html.markup("</div>")
        }
        for project in status.projects {
            guard let reason = project.heldBecause else { continue }
            html.markup("<div class=\"note\"><b>")
            html.text("\(project.id) cannot be reached (\(reason.rawValue)): one trial each 30 s.")
            html.markup("</b></div>")
        }
        if status.functions.isEmpty {
            html.markup("<div class=\"note warn\"><b>Nothing is watched:</b> the watch list holds no function.</div>")
        }
    }

    func faults(_ html: inout HTMLWriter, _ lines: [String]) {
        html.markup("<ul>")
        for line in lines.prefix(50) {
            html.markup("<li class=\"mono\">")
            html.text(line)
            html.markup("</li>")
        }
        html.markup("</ul>")
        if lines.count > 50 { html.text("and \(lines.count - 50) more") }
    }

    private func filter(_ html: inout HTMLWriter) {
        html.markup("<h2>Functions</h2><form method=\"get\" action=\"\"><input type=\"search\" name=\"q\" value=\"")
        html.text(view.text)
        html.markup(
            "\" placeholder=\"URN, label, error\" aria-label=\"Text\"><select name=\"state\" aria-label=\"State\">")
        for (value, label) in Self.stateChoices {
            html.markup("<option value=\"")
            html.text(value)
            html.markup("\"")
            if value == view.state ?? "" { html.markup(" selected") }
            html.markup(">")
            html.text(label)
            html.markup("</option>")
        }
        html.markup("</select><label><input type=\"checkbox\" name=\"trouble\" value=\"1\"")
        if view.onlyTrouble { html.markup(" checked") }
        html.markup("> only trouble</label>")
        hidden(&html, "sort", view.order == .urgency ? "" : view.order.rawValue)
        hidden(&html, "order", view.isDescending ? "desc" : "")
        hidden(&html, "refresh", view.refreshSeconds == 0 ? "" : String(view.refreshSeconds))
        html.markup("<button>Show</button> ")
        if view.link({ $0.page = 1 }) != StatusView().address { html.link("?", "clear") }
        html.markup("</form>")
    }

    /// What the filter for states offers.
    private static let stateChoices: [(value: String, label: String)] =
        [("", "any state")] + SnapshotState.allCases.map { (value: $0.rawValue, label: $0.rawValue) }
        + [("none", "no state")]

    private func hidden(_ html: inout HTMLWriter, _ name: StaticString, _ value: String) {
        guard !value.isEmpty else { return }
        html.markup("<input type=\"hidden\" name=\"")
        html.markup(name)
        html.markup("\" value=\"")
        html.text(value)
        html.markup("\">")
    }

    private func functions(_ html: inout HTMLWriter) {
        StatusFunctionTable(records: selected, view: view, nowUnixSeconds: status.nowUnixSeconds).write(&html)
    }

    private func foot(_ html: inout HTMLWriter) {
        html.markup("</main><footer>")
        html.text("functiongraph-exporter \(options.version.version), revision \(options.version.revision), up since ")
        html.text(UTCText.people(options.startedUnixSeconds))
        html.markup(" · ")
        html.link(options.telemetryPath, "metrics")
        html.markup(" · ")
        html.link("/api/v1/functions", "JSON")
        html.markup("</footer></body></html>\n")
    }
}

extension PollFailure {
    /// Reason, the vendor's code and words, and the request id, on one line.
    var forPeople: String {
        var text = isClockSkew ? "clock skew" : reason.rawValue
        if let httpStatus { text += " · HTTP \(httpStatus)" }
        if let errorCode { text += " · \(errorCode)" }
        text += " · \(message)"
        if let requestID { text += " · request \(requestID)" }
        return text
    }
}

import FunctionGraph
import Settings

/// The table of functions, one page of it.
struct StatusFunctionTable {
    let selection: StatusSelection
    let view: StatusView
    let nowUnixSeconds: Double
    /// Whether any function has labels.
    let hasLabels: Bool

    func write(_ html: inout HTMLWriter) {
        guard !selection.records.isEmpty else {
            html.markup("<p class=\"dim\">No function matches. ")
            if !view.isWhole { html.link(view.withoutFilter.address, "Show all") }
            html.markup("</p>")
            return
        }
        navigation(&html, "Pages")
        html.markup("<table class=\"functions\" aria-labelledby=\"functions\"><thead><tr>")
        column(&html, "State", .state)
        html.markup("<th scope=\"col\">Expected</th>")
        column(&html, "Function", .function)
        column(&html, "Since", .since)
        column(&html, "Last poll", .poll)
        column(&html, "Last error", .error)
        if hasLabels { html.markup("<th scope=\"col\">Labels</th>") }
        html.markup("</tr></thead><tbody>\n")
        for record in selection.records { row(&html, record) }
        html.markup("</tbody></table>")
        if selection.pages > 1 { navigation(&html, "Pages, below") }
    }

    private func navigation(_ html: inout HTMLWriter, _ name: StaticString) {
        html.markup("<nav class=\"pages small\" aria-label=\"")
        html.markup(name)
        html.markup("\"><span class=\"dim\">")
        let (first, last) = (StatusText.count(selection.first), StatusText.count(selection.last))
        html.text("\(first) to \(last) of \(StatusText.count(selection.matches))")
        html.markup("</span>")
        let (page, pages) = (selection.page, selection.pages)
        if page > 2 { html.link(view.link { $0.page = 1 }, "« first") }
        if page > 1 { html.link(view.link { $0.page = page - 1 }, "‹ previous") }
        if pages > 1 {
            html.markup("<span>")
            html.text("page \(page) of \(pages)")
            html.markup("</span>")
        }
        if page < pages { html.link(view.link { $0.page = page + 1 }, "next ›") }
        if page < pages - 1 { html.link(view.link { $0.page = pages }, "last »") }
        html.markup("<span class=\"sorts\">")
        if view.order == .urgency {
            html.markup("<span class=\"dim\">sorted by urgency</span>")
        } else {
            let urgent = view.link {
                $0.order = .urgency
                $0.isDescending = false
                $0.page = 1
            }
            html.link(urgent, "sort by urgency")
        }
        html.markup("</span></nav>")
    }

    private func column(_ html: inout HTMLWriter, _ label: String, _ order: StatusView.Order) {
        let isCurrent = view.order == order
        html.markup("<th scope=\"col\"")
        if isCurrent, view.isDescending {
            html.markup(" aria-sort=\"descending\"")
        } else if isCurrent {
            html.markup(" aria-sort=\"ascending\"")
        }
        html.markup(">")
        let href = view.link {
            $0.order = order
            $0.isDescending = isCurrent && !view.isDescending
            $0.page = 1
        }
        html.link(href, isCurrent ? label + (view.isDescending ? " ↓" : " ↑") : label)
        html.markup("</th>")
    }

    private func row(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        html.markup(record.isTrouble ? "<tr class=\"trouble\">" : "<tr>")
        html.markup("<td class=\"state\">")
        state(&html, record)
        html.markup("</td><td data-name=\"Expected\" class=\"expected\">")
        expectation(&html, record)
        html.markup("</td><td class=\"name\">")
        name(&html, record)
        html.markup("</td><td data-name=\"Since\" class=\"tight\">")
        since(&html, record)
        html.markup("</td><td data-name=\"Last poll\" class=\"tight\">")
        poll(&html, record)
        html.markup("</td><td data-name=\"Last error\" class=\"small error\">")
        failure(&html, record)
        html.markup("</td>")
        if hasLabels { labels(&html, record) }
        html.markup("</tr>\n")
    }

    private func state(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        switch record.state {
        case .enable?: html.markup("<span class=\"badge good\">")
        case .creating?, .unknown?: html.markup("<span class=\"badge wait\">")
        case .createFail?, .circuitBreaking?, .expire?: html.markup("<span class=\"badge bad\">")
        case .disable?, nil: html.markup("<span class=\"badge\">")
        }
        html.text(record.state?.rawValue ?? Self.absence(of: record))
        html.markup("</span>")
        if record.state == .unknown, let raw = record.rawState { detail(&html, "answer “\(raw)”") }
        if record.state != nil, let code = record.code { detail(&html, "code \(code)") }
        if record.switchEnabled == false { detail(&html, "switched off") }
    }

    /// What stands where there is no state.
    private static func absence(of record: FunctionRecord) -> String {
        if record.failure?.reason == .notFound { return "not found" }
        return record.failure == nil && record.lastPollUnixSeconds == nil ? "not polled yet" : "no state"
    }

    private func detail(_ html: inout HTMLWriter, _ text: String) {
        html.markup("<div class=\"small dim\">")
        html.text(text)
        html.markup("</div>")
    }

    private func expectation(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        let expect = record.watched.expect
        guard !expect.isEmpty else { return html.markup("<span class=\"dim\">any state</span>") }
        switch record.isAsExpected {
        case true?: return html.markup("yes")
        case false?: html.markup("<b class=\"err\">no</b>")
        case nil: break
        }
        let wanted = SnapshotState.allCases.filter(expect.contains).map(\.rawValue)
        detail(&html, "wanted: \(wanted.joined(separator: " or "))")
    }

    private func name(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        let urn = record.watched.urn
        var alone = view.withoutFilter
        alone.text = urn.canonical
        html.markup("<a class=\"plain\" href=\"")
        html.text(alone.address)
        html.markup("\"><b>")
        html.text(urn.name)
        html.markup("</b> ")
        html.text(urn.version)
        html.markup("</a><div class=\"mono dim\">")
        html.breakable(urn.canonical, after: UInt8(ascii: ":"))
        html.markup("</div>")
    }

    private func since(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        guard record.state != nil, let since = record.sinceUnixSeconds else { return }
        if record.isSinceAtLeast { html.markup("at least ") }
        html.time(since, StatusText.length(nowUnixSeconds - since))
        detail(&html, StatusText.moment(since, nowUnixSeconds: nowUnixSeconds))
    }

    private func poll(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        if let last = record.lastPollUnixSeconds {
            html.time(last, StatusText.length(nowUnixSeconds - last) + " ago")
        } else {
            html.markup("<span class=\"dim\">never</span>")
        }
        var text = "every \(StatusText.length(record.effectiveIntervalSeconds))"
        if record.lastPollUnixSeconds != nil, let took = record.tookSeconds { text += ", \(StatusText.took(took))" }
        detail(&html, text)
    }

    private func failure(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        guard let failure = record.failure else { return }
        html.failure(failure)
        switch record.blocked {
        case .hold?: detail(&html, "not polled: its project is held")
        case .pause?: detail(&html, "not polled: its account is paused")
        case nil: break
        }
        if let advice = failure.advice(for: record.watched.urn) { detail(&html, advice) }
        var history: [String] = []
        if let since = record.failingSinceUnixSeconds {
            history.append("failing for \(StatusText.length(nowUnixSeconds - since))")
        }
        history.append(
            record.lastSuccessUnixSeconds.map { "last good answer \(StatusText.length(nowUnixSeconds - $0)) ago" }
                ?? "no good answer yet")
        detail(&html, history.joined(separator: ", "))
    }

    private func labels(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        html.markup("<td data-name=\"Labels\" class=\"labels\">")
        for (label, value) in record.watched.labels.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            html.markup("<span class=\"tag\">")
            html.text("\(label)=\(value)")
            html.markup("</span> ")
        }
        html.markup("</td>")
    }
}

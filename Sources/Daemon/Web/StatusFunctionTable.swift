import FunctionGraph
import Settings

/// The table of functions, one page of it.
struct StatusFunctionTable {
    let records: [FunctionRecord]
    let view: StatusView
    let nowUnixSeconds: Double

    func write(_ html: inout HTMLWriter) {
        let pages = max(1, (records.count + StatusView.pageSize - 1) / StatusView.pageSize)
        let page = min(view.page, pages)
        let first = (page - 1) * StatusView.pageSize
        let shown = records[first..<min(records.count, first + StatusView.pageSize)]
        guard !records.isEmpty else {
            html.markup("<p class=\"dim\">No function matches.</p>")
            return
        }
        navigation(&html, page, pages, first + 1, first + shown.count)
        html.markup("<table><thead><tr>")
        column(&html, "State", .state)
        html.markup("<th>Expected</th>")
        column(&html, "Function", .function)
        column(&html, "Since", .since)
        column(&html, "Last poll", .poll)
        html.markup("<th>Last error</th><th>Labels</th></tr></thead><tbody>")
        for record in shown { row(&html, record) }
        html.markup("</tbody></table>")
        if pages > 1 { navigation(&html, page, pages, first + 1, first + shown.count) }
    }

    private func navigation(_ html: inout HTMLWriter, _ page: Int, _ pages: Int, _ first: Int, _ last: Int) {
        html.markup("<nav class=\"pages small\"><span class=\"dim\">")
        html.text("\(first) to \(last) of \(records.count)")
        html.markup("</span>")
        if page > 1 { html.link(view.link { $0.page = page - 1 }, "← previous") }
        if pages > 1 { html.text("page \(page) of \(pages)") }
        if page < pages { html.link(view.link { $0.page = page + 1 }, "next →") }
        if view.order != .urgency {
            html.link(
                view.link {
                    $0.order = .urgency; $0.isDescending = false
                }, "urgent first")
        }
        html.markup("</nav>")
    }

    private func column(_ html: inout HTMLWriter, _ label: String, _ order: StatusView.Order) {
        let isCurrent = view.order == order
        html.markup("<th>")
        html.link(
            view.link {
                $0.order = order
                $0.isDescending = isCurrent && !view.isDescending
                $0.page = 1
            }, label + (isCurrent ? (view.isDescending ? " ↓" : " ↑") : ""))
        html.markup("</th>")
    }

    private func row(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        html.markup(record.urgency <= 1 ? "<tr class=\"trouble\">" : "<tr>")
        html.markup("<td data-name=\"State\">")
        badge(&html, record)
        html.markup("</td><td data-name=\"Expected\">")
        expectation(&html, record)
        html.markup("</td><td data-name=\"Function\">")
        name(&html, record)
        html.markup("</td><td data-name=\"Since\">")
        if record.state != nil, let since = record.sinceUnixSeconds {
            moment(&html, since, prefix: record.isSinceAtLeast ? "at least " : "")
        } else {
            html.markup("<span class=\"dim\">–</span>")
        }
        html.markup("</td><td data-name=\"Last poll\">")
        poll(&html, record)
        html.markup("</td><td data-name=\"Last error\" class=\"small\">")
        failure(&html, record)
        html.markup("</td><td data-name=\"Labels\">")
        for (label, value) in record.watched.labels.sorted(by: { $0.key < $1.key }) {
            html.markup("<span class=\"tag\">")
            html.text("\(label)=\(value)")
            html.markup("</span>")
        }
        html.markup("</td></tr>")
    }

    private func badge(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        guard let state = record.state else {
            html.markup("<span class=\"badge\">")
            html.text(record.failure?.reason == .notFound ? "gone" : "no state")
            html.markup("</span>")
            return
        }
        switch state {
        case .enable: html.markup("<span class=\"badge good\">")
        case .creating: html.markup("<span class=\"badge wait\">")
        case .createFail, .circuitBreaking, .expire: html.markup("<span class=\"badge bad\">")
        case .disable, .unknown: html.markup("<span class=\"badge\">")
        }
        html.text(state.rawValue)
        html.markup("</span>")
        if state == .unknown, let raw = record.rawState {
            html.markup(" <span class=\"small dim\">")
            html.text("“\(raw)”")
            html.markup("</span>")
        }
        if let code = record.code {
            html.markup(" <span class=\"small dim\">")
            html.text("code \(code)")
            html.markup("</span>")
        }
        if record.switchEnabled == false { html.markup(" <span class=\"small dim\">switched off</span>") }
    }

    private func expectation(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        let expected = record.watched.expect.map(\.rawValue).sorted().joined(separator: ", ")
        switch record.isAsExpected {
        case true?: html.markup("yes")
        case false?: html.markup("<b class=\"err\">no</b>")
        case nil: html.markup("<span class=\"dim\">–</span>")
        }
        if !expected.isEmpty, record.isAsExpected != true {
            html.markup(" <span class=\"small dim\">")
            html.text("wanted: \(expected)")
            html.markup("</span>")
        }
    }

    private func name(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        let urn = record.watched.urn
        html.markup("<b>")
        html.text(urn.name)
        html.markup("</b> ")
        html.text(urn.version)
        html.markup("<div class=\"mono dim\">")
        html.text(urn.canonical)
        html.markup("</div>")
    }

    private func poll(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        guard let last = record.lastPollUnixSeconds else {
            html.markup("<span class=\"dim\">never</span>")
            return
        }
        moment(&html, last)
        html.markup("<div class=\"small dim\">")
        html.text("every \(Duration.seconds(record.effectiveIntervalSeconds).forPeople)")
        if let took = record.tookSeconds { html.text(", took \(Duration.seconds(took).forPeople)") }
        html.markup("</div>")
    }

    /// How long ago, with the moment itself for the mouse.
    private func moment(_ html: inout HTMLWriter, _ unixSeconds: Double, prefix: String = "") {
        let age = Duration.seconds(max(0, nowUnixSeconds - unixSeconds).rounded())
        html.markup("<span title=\"")
        html.text(UTCText.people(unixSeconds))
        html.markup("\">")
        html.text(prefix.isEmpty ? "\(age.forPeople) ago" : "\(prefix)\(age.forPeople)")
        html.markup("</span>")
    }

    private func failure(_ html: inout HTMLWriter, _ record: FunctionRecord) {
        guard let failure = record.failure else { return }
        html.markup("<b class=\"err\">")
        html.text(failure.isClockSkew ? "clock skew" : failure.reason.rawValue)
        html.markup("</b> ")
        switch record.blocked {
        case .hold?: html.markup("<span class=\"dim\">project held</span> ")
        case .pause?: html.markup("<span class=\"dim\">account paused</span> ")
        case nil: break
        }
        if let status = failure.httpStatus { html.text("HTTP \(status) ") }
        if let code = failure.errorCode { html.text("\(code) ") }
        html.text(failure.message)
        if failure.httpStatus == 400, record.watched.urn.isAlias {
            html.markup("<div>The cloud may not take aliases here: list the version instead.</div>")
        }
        if let id = failure.requestID {
            html.markup("<div class=\"mono dim\">")
            html.text("request \(id)")
            html.markup("</div>")
        }
    }
}

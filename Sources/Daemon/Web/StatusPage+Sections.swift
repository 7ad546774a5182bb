import FunctionGraph
import Settings

/// What stands below the functions: accounts, projects, discovery, the configuration.
extension StatusPage {
    func accounts(_ html: inout HTMLWriter) {
        html.markup("<h2 id=\"accounts\">Accounts</h2>")
        html.markup("<table aria-labelledby=\"accounts\"><thead><tr><th scope=\"col\">Account</th>")
        html.markup("<th scope=\"col\">State</th><th scope=\"col\">Asks with</th><th scope=\"col\">Functions</th>")
        html.markup("<th scope=\"col\">Credentials end</th><th scope=\"col\">Last refusal</th></tr></thead><tbody>")
        for account in status.accounts {
            html.markup("<tr><td class=\"name\">")
            search(&html, "account=\(account.name)", account.name)
            html.markup("</td><td data-name=\"State\">")
            if account.isPaused {
                html.markup("<span class=\"badge bad\">paused</span>")
                if let next = account.nextTrialSeconds { note(&html, "next trial in \(StatusText.length(next))") }
            } else if account.isProven {
                html.markup("<span class=\"badge good\">proven</span>")
            } else {
                html.markup("<span class=\"badge\">not proven yet</span>")
            }
            html.markup("</td><td data-name=\"Asks with\">")
            html.text(account.method)
            html.markup("</td><td data-name=\"Functions\">")
            html.count(account.functions)
            html.markup("</td><td data-name=\"Credentials end\">")
            moment(&html, account.expiryUnixSeconds, absent: "–")
            html.markup("</td><td data-name=\"Last refusal\" class=\"small\">")
            if let failure = account.failure { html.failure(failure) }
            html.markup("</td></tr>")
        }
        html.markup("</tbody></table>")
    }

    func projects(_ html: inout HTMLWriter) {
        guard !status.projects.isEmpty else { return }
        html.markup("<h2 id=\"projects\">Projects and rates</h2>")
        html.markup("<table aria-labelledby=\"projects\"><thead><tr><th scope=\"col\">Project</th>")
        html.markup("<th scope=\"col\">State</th><th scope=\"col\">Functions</th><th scope=\"col\">Rate</th>")
        html.markup("<th scope=\"col\">Waited</th><th scope=\"col\">Requests</th>")
        html.markup("<th scope=\"col\">Intervals</th></tr></thead><tbody>")
        for project in status.projects {
            html.markup("<tr><td class=\"name\">")
            search(&html, "\(project.id.region):\(project.id.project)", project.id.region)
            html.markup("<div class=\"mono dim\">")
            html.text(project.id.project)
            html.markup("</div></td><td data-name=\"State\">")
            state(&html, project)
            html.markup("</td><td data-name=\"Functions\">")
            html.count(project.functions)
            html.markup("</td><td data-name=\"Rate\">")
            let (now, most) = (project.requestsPerSecond, project.configuredRequestsPerSecond)
            html.text("\(StatusText.number(now)) of \(StatusText.number(most)) requests/s")
            html.markup("</td><td data-name=\"Waited\">")
            html.text(StatusText.took(project.throttleWaitSeconds))
            note(&html, "for throttling, in all")
            html.markup("</td><td data-name=\"Requests\">")
            html.text("\(project.inFlight) under way")
            note(&html, "\(project.waiting) waiting")
            html.markup("</td><td data-name=\"Intervals\">")
            if project.effectiveTurnSeconds > 0 {
                html.text("stretched to \(StatusText.length(project.effectiveTurnSeconds)) at least")
                note(&html, "the rate cannot serve the configured ones")
            } else {
                html.markup("as configured")
            }
            if !project.isSwitchPolled { note(&html, "the switch is not asked for") }
            html.markup("</td></tr>")
        }
        html.markup("</tbody></table>")
    }

    private func state(_ html: inout HTMLWriter, _ project: PollStatus.ProjectState) {
        if let reason = project.heldBecause {
            html.markup("<span class=\"badge bad\">held</span>")
            note(&html, "cannot be reached: \(reason.rawValue)")
        } else if project.requestsPerSecond < project.configuredRequestsPerSecond * 0.99 {
            html.markup("<span class=\"badge wait\">throttled</span>")
        } else {
            html.markup("<span class=\"badge good\">reachable</span>")
        }
    }

    func discoveries(_ html: inout HTMLWriter) {
        guard !status.discoveries.isEmpty else { return }
        html.markup("<h2 id=\"discovery\">Discovery</h2>")
        html.markup("<table aria-labelledby=\"discovery\"><thead><tr><th scope=\"col\">Project</th>")
        html.markup("<th scope=\"col\">Selects</th><th scope=\"col\">Found</th>")
        html.markup("<th scope=\"col\">Last listing</th><th scope=\"col\">Last error</th></tr></thead><tbody>")
        for discovery in status.discoveries {
            let settings = discovery.settings
            html.markup("<tr><td class=\"name\"><b>")
            html.text(settings.region)
            html.markup("</b><div class=\"mono dim\">")
            html.text(settings.project)
            html.markup("</div></td><td data-name=\"Selects\"><span>")
            html.text("package \(settings.package), name \(settings.name), runtime \(settings.runtime)")
            note(&html, "versions: \(settings.versions.rawValue), account \(settings.account)")
            html.markup("</span></td><td data-name=\"Found\">")
            html.count(discovery.functions)
            html.markup("</td><td data-name=\"Last listing\">")
            if let last = discovery.lastSuccessUnixSeconds {
                html.time(last, StatusText.length(status.nowUnixSeconds - last) + " ago")
            } else {
                html.markup("never yet")
            }
            let every = "every \(StatusText.length(settings.listInterval.seconds))"
            note(&html, discovery.isListing ? "\(every), listing now" : every)
            html.markup("</td><td data-name=\"Last error\" class=\"small\">")
            if let failure = discovery.failure { html.failure(failure) }
            html.markup("</td></tr>")
        }
        html.markup("</tbody></table>")
    }

    func configuration(_ html: inout HTMLWriter) {
        html.markup("<h2 id=\"configuration\">Configuration</h2><p>")
        if let accepted = reload.acceptedUnixSeconds {
            html.markup("In force since ")
            moment(&html, accepted, absent: "")
            html.markup(". ")
        }
        if reload.isGood {
            html.markup("The last reading was accepted")
        } else {
            html.markup("<b class=\"err\">")
            html.text("The last reading had \(reload.faultCount) \(reload.faultCount == 1 ? "fault" : "faults")")
            html.markup("</b>")
        }
        if let read = reload.readUnixSeconds {
            html.markup(" (")
            html.time(read, StatusText.length(status.nowUnixSeconds - read) + " ago")
            html.markup(")")
        }
        html.markup(reload.isGood ? ".</p>" : "; they stand above.</p>")
        guard !reload.warnings.isEmpty else { return }
        html.markup("<div class=\"note warn\"><b>Warnings</b>")
        faults(&html, reload.warnings)
        html.markup("</div>")
    }

    /// A moment to come or gone, with how far away it is.
    private func moment(_ html: inout HTMLWriter, _ unixSeconds: Double?, absent: String) {
        guard let unixSeconds else { return html.text(absent) }
        let away = unixSeconds - status.nowUnixSeconds
        html.time(unixSeconds, StatusText.moment(unixSeconds, nowUnixSeconds: status.nowUnixSeconds))
        html.markup(" <span class=\"dim\">(")
        html.text(away >= 0 ? "in \(StatusText.length(away))" : "\(StatusText.length(-away)) ago")
        html.markup(")</span>")
    }

    private func note(_ html: inout HTMLWriter, _ text: String) {
        html.markup("<div class=\"small dim\">")
        html.text(text)
        html.markup("</div>")
    }

    /// A link that shows the functions of something.
    private func search(_ html: inout HTMLWriter, _ text: String, _ label: String) {
        var found = view.withoutFilter
        found.text = text
        html.markup("<b>")
        html.link(found.address, label)
        html.markup("</b>")
    }
}

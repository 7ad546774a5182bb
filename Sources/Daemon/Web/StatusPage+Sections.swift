import FunctionGraph
import Settings
import YAML

/// What stands below the functions: accounts, projects, discovery, the last reload.
extension StatusPage {
    func accounts(_ html: inout HTMLWriter) {
        html.markup("<h2>Accounts</h2><table><thead><tr><th>Account</th><th>State</th><th>Asks with</th>")
        html.markup("<th>Functions</th><th>Credentials end</th><th>Last refusal</th></tr></thead><tbody>")
        for account in status.accounts {
            html.markup("<tr><td data-name=\"Account\"><b>")
            html.text(account.name)
            html.markup("</b></td><td data-name=\"State\">")
            if account.isPaused {
                html.markup("<span class=\"badge bad\">paused</span>")
            } else if account.isProven {
                html.markup("<span class=\"badge good\">good</span>")
            } else {
                html.markup("<span class=\"badge\">not yet proven</span>")
            }
            html.markup("</td><td data-name=\"Asks with\">")
            html.text(account.method)
            html.markup("</td><td data-name=\"Functions\">")
            html.number(account.functions)
            html.markup("</td><td data-name=\"Credentials end\">")
            html.text(account.expiryUnixSeconds.map(UTCText.people) ?? "do not expire")
            html.markup("</td><td data-name=\"Last refusal\" class=\"small\">")
            if let failure = account.failure { html.text(failure.forPeople) }
            html.markup("</td></tr>")
        }
        html.markup("</tbody></table>")
    }

    func projects(_ html: inout HTMLWriter) {
        guard !status.projects.isEmpty else { return }
        html.markup(
            "<h2>Projects</h2><table><thead><tr><th>Region</th><th>Project</th><th>State</th><th>Functions</th>")
        html.markup(
            "<th>Rate</th><th>Waited for throttling</th><th>Under way</th><th>Polled every</th></tr></thead><tbody>")
        for project in status.projects {
            html.markup("<tr><td data-name=\"Region\">")
            html.text(project.id.region)
            html.markup("</td><td data-name=\"Project\" class=\"mono\">")
            html.text(project.id.project)
            html.markup("</td><td data-name=\"State\">")
            if let reason = project.heldBecause {
                html.markup("<span class=\"badge bad\">held</span> ")
                html.text(reason.rawValue)
            } else if project.requestsPerSecond < project.configuredRequestsPerSecond * 0.99 {
                html.markup("<span class=\"badge wait\">throttled</span>")
            } else {
                html.markup("<span class=\"badge good\">good</span>")
            }
            html.markup("</td><td data-name=\"Functions\">")
            html.number(project.functions)
            html.markup("</td><td data-name=\"Rate\">")
            html.text(
                "\(Self.short(project.requestsPerSecond)) of \(Self.short(project.configuredRequestsPerSecond))/s")
            html.markup("</td><td data-name=\"Waited\">")
            html.text(Duration.seconds(project.throttleWaitSeconds).forPeople)
            html.markup("</td><td data-name=\"Under way\">")
            html.text("\(project.inFlight), \(project.waiting) waiting")
            html.markup("</td><td data-name=\"Polled every\">")
            if project.effectiveTurnSeconds > 0 {
                html.text("at least \(Duration.seconds(project.effectiveTurnSeconds).forPeople) apart")
            } else {
                html.markup("as configured")
            }
            if !project.isSwitchPolled { html.markup("<div class=\"small dim\">switch not asked</div>") }
            html.markup("</td></tr>")
        }
        html.markup("</tbody></table>")
    }

    func discoveries(_ html: inout HTMLWriter) {
        guard !status.discoveries.isEmpty else { return }
        html.markup("<h2>Discovery</h2><table><thead><tr><th>Project</th><th>Selects</th><th>Found</th>")
        html.markup("<th>Last listing</th><th>Last error</th></tr></thead><tbody>")
        for discovery in status.discoveries {
            let settings = discovery.settings
            html.markup("<tr><td data-name=\"Project\">")
            html.text("\(settings.projectID)")
            html.markup("</td><td data-name=\"Selects\">")
            html.text(
                "\(settings.versions.rawValue) of \(settings.package)/\(settings.name), runtime \(settings.runtime)")
            html.markup("</td><td data-name=\"Found\">")
            html.number(discovery.functions)
            html.markup("</td><td data-name=\"Last listing\">")
            html.text(discovery.lastSuccessUnixSeconds.map(UTCText.people) ?? "never")
            if discovery.isListing { html.markup(" <span class=\"dim\">(listing now)</span>") }
            html.markup("</td><td data-name=\"Last error\" class=\"small\">")
            if let failure = discovery.failure {
                html.markup("<span class=\"err\">")
                html.text(failure.forPeople)
                html.markup("</span>")
            }
            html.markup("</td></tr>")
        }
        html.markup("</tbody></table>")
    }

    func reloadSection(_ html: inout HTMLWriter) {
        html.markup("<h2>Configuration</h2><p>")
        if let accepted = reload.acceptedUnixSeconds {
            html.text("In force since \(UTCText.people(accepted)).")
        }
        if reload.isGood {
            html.markup(" The last reading was accepted.")
        } else if let read = reload.readUnixSeconds {
            html.markup(" <b class=\"err\">")
            html.text("The reading of \(UTCText.people(read)) had \(reload.faultCount) faults.")
            html.markup("</b>")
        }
        html.markup("</p>")
        guard !reload.warnings.isEmpty else { return }
        html.markup("<div class=\"note warn\"><b>Warnings</b>")
        faults(&html, reload.warnings.map(\.description))
        html.markup("</div>")
    }

    private static func short(_ number: Double) -> String {
        let rounded = (number * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

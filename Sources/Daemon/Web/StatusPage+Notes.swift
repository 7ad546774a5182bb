import FunctionGraph
import YAML

/// What stands above the functions because it concerns many of them at once.
extension StatusPage {
    func notes(_ html: inout HTMLWriter) {
        if !reload.faults.isEmpty {
            html.markup("<div class=\"note\"><b>The last reload was refused; ")
            html.markup("the configuration before it is in force.</b>")
            faults(&html, reload.faults)
            html.markup("</div>")
        }
        if !reload.badWatchFiles.isEmpty {
            html.markup(
                "<div class=\"note\"><b>Watch files were refused; what they last held is kept, a new one is left out.</b>"
            )
            faults(&html, reload.badWatchFiles.sorted { $0.key < $1.key }.flatMap { $0.value })
            html.markup("</div>")
        }
        if let skew = clockSkewSeconds, abs(skew) >= SkewWatch.warningSeconds {
            html.markup("<div class=\"note\"><b>")
            let way = skew > 0 ? "ahead of" : "behind"
            html.text("The clock here is \(StatusText.length(abs(skew))) \(way) the cloud's.")
            html.markup("</b> From 15 minutes on the cloud refuses every signature.</div>")
        }
        for account in status.accounts where account.isPaused {
            html.markup("<div class=\"note\"><b>")
            html.text("Account \(account.name) is paused: the cloud refused its credentials.")
            html.markup("</b> ")
            html.text("Its \(account.functions) functions are not polled")
            if let next = account.nextTrialSeconds { html.text("; next trial in \(StatusText.length(next))") }
            html.markup(".")
            if let failure = account.failure {
                html.markup("<div class=\"small\">")
                html.failure(failure)
                html.markup("</div>")
            }
            html.markup("</div>")
        }
        for project in status.projects {
            guard let reason = project.heldBecause else { continue }
            html.markup("<div class=\"note\"><b>")
            html.text("Project \(project.id.project) in \(project.id.region) is held: ")
            html.text("it cannot be reached (\(reason.rawValue)).")
            html.markup("</b> ")
            html.text("Its \(project.functions) functions are not polled; one trial each 30 s until one succeeds.")
            html.markup("</div>")
        }
        if status.ignored > 0 {
            html.markup("<div class=\"note\"><b>")
            html.text("\(StatusText.count(status.ignored)) functions are not watched:")
            html.markup("</b> the limit <span class=\"mono\">limits.functions</span> is reached.</div>")
        }
        if status.functions.isEmpty {
            html.markup("<div class=\"note warn\"><b>Nothing is watched:</b> ")
            html.text(options.shard.emptiness)
            html.markup(".</div>")
        }
    }

    /// Faults with their file, line and column, the first of them.
    func faults(_ html: inout HTMLWriter, _ faults: [Fault]) {
        html.markup("<ul>")
        for fault in faults.prefix(50) {
            html.markup("<li class=\"mono\">")
            html.text(fault.description)
            html.markup("</li>")
        }
        if faults.count > 50 {
            html.markup("<li>")
            html.text("and \(faults.count - 50) more, all of them in the log")
            html.markup("</li>")
        }
        html.markup("</ul>")
    }
}

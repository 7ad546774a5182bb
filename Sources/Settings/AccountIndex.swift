import YAML

/// Finds the account that answers for a project, quickly and with words for where none does.
struct AccountIndex {
    private let names: [String]
    private let byProject: [String: String]
    private let catchAll: String?

    init(_ accounts: [AccountSettings]) {
        names = accounts.map(\.name)
        var byProject: [String: String] = [:]
        for account in accounts {
            for project in account.projects ?? [] { byProject[project] = account.name }
        }
        self.byProject = byProject
        catchAll = accounts.first { $0.projects == nil }?.name
    }

    /// The name of the account for a project.
    func account(_ project: String) -> String? {
        byProject[project] ?? catchAll
    }

    /// What is wrong with asking for a project, by an account if it was named; nil if nothing is.
    func fault(_ project: String, named: String?) -> (message: String, isAboutName: Bool)? {
        let answering = account(project)
        if let named {
            if named == answering { return nil }
            guard names.contains(named) else {
                if let near = NearMatch.find(named, in: names) {
                    return ("unknown account \(Quoted.text(named)), did you mean '\(near)'?", true)
                }
                let known = names.joined(separator: ", ")
                return ("unknown account \(Quoted.text(named)), expected one of \(known)", true)
            }
            let other = answering.map { ": \(Quoted.text($0)) does" } ?? ""
            return (
                "account \(Quoted.text(named)) does not answer for the project \(Quoted.text(project))\(other)", true
            )
        }
        guard answering == nil else { return nil }
        return ("no account answers for the project \(Quoted.text(project)): name it in 'projects' of one", false)
    }
}

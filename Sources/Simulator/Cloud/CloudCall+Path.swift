extension CloudCall {
    /// Reads from method and path what a request asks for.
    init(_ request: ReceivedRequest, _ catalogue: Catalogue) {
        operation = .other
        let segments = request.path.utf8.split(separator: UInt8(ascii: "/")).map { Percent.decodeText(Substring($0)) }
        guard let first = segments.first, let first else { return }
        switch first {
        case "v2":
            functionGraph(request, segments, catalogue)
        case "v3":
            iam(request, segments)
        case "openstack", "meta-data":
            // Each path of the metadata service answers for itself.
            operation = .metadata
        default:
            break
        }
    }

    /// `/v2/{project}/fgs/functions[/{urn}/{versions | aliases | snapshots/{action}}]`, all with GET.
    private mutating func functionGraph(_ request: ReceivedRequest, _ segments: [String?], _ catalogue: Catalogue) {
        guard segments.count >= 4, segments[2] == "fgs", segments[3] == "functions", request.method == "GET",
            let project = segments[1]
        else { return }
        switch (segments.count, segments.count > 5 ? segments[5] : nil) {
        case (4, nil): operation = .listFunctions
        case (6, "versions"): operation = .listVersions
        case (6, "aliases"): operation = .listAliases
        case (7, "snapshots"):
            operation = segments[6] == "enableSnapshot" ? .snapshotSwitch : .snapshotState
            if segments[6] != "state", segments[6] != "enableSnapshot" {
                refusal = .service(400, "0400", "Invalid parameter: action")
            }
        default: return
        }
        self.project = project
        guard segments.count > 4 else {
            region = catalogue.project(project)?.region ?? ""
            return
        }
        readURN(segments[4] ?? "", catalogue)
    }

    private mutating func readURN(_ text: String, _ catalogue: Catalogue) {
        if let row = catalogue.row(text) {
            // The usual case costs one look-up.
            self.row = row
            urn = text
            let owner = catalogue.projects[catalogue.bases[catalogue.rows[row].base].project]
            region = owner.region
            if owner.id != project { refusal = .invalidURN }
            return
        }
        let ownRegion = catalogue.project(project)?.region ?? ""
        guard let address = FunctionAddress(text, shortenedIn: (project, ownRegion)) else {
            region = ownRegion
            refusal = .invalidURN
            return
        }
        self.address = address
        urn = address.canonical
        region = address.region
        row = catalogue.row(address)
        if address.project != project { refusal = .invalidURN }
    }

    private mutating func iam(_ request: ReceivedRequest, _ segments: [String?]) {
        switch (request.method, segments.dropFirst()) {
        case ("POST", ["auth", "tokens"]): operation = .createToken
        case ("GET", ["projects"]), ("GET", ["auth", "projects"]): operation = .listProjects
        default: break
        }
    }
}

extension CloudState {
    /// A page holds at most so many; also what a missing, too large or zero `maxitems` means.
    private static let pageMax = 400

    func functions(_ request: ReceivedRequest, _ call: CloudCall, requestID: String) -> Answer {
        let package = request.parameter("package_name").flatMap { $0.isEmpty ? nil : $0 }
        let name = request.parameter("func_name").flatMap { $0.isEmpty ? nil : $0 }
        var all = catalogue.functions(ofProject: call.project)
        if package != nil || name != nil {
            all = all.filter { index in
                let address = catalogue.bases[index].address
                return (package.map { $0 == address.package } ?? true)
                    && (name.map { address.name.contains($0) } ?? true)
            }
        }
        guard let page = page(request, of: all.count) else {
            return Answer(.service(400, "1001", "Invalid query parameter"), requestID: requestID)
        }
        var json = JSONText()
        json.beginObject()
        json.key("functions")
        json.beginArray()
        for index in all[page] { function(catalogue.bases[index], version: "latest", nil, &json) }
        json.endArray()
        json.field("next_marker", page.upperBound)
        if answers.listCount { json.field("count", all.count) }
        json.endObject()
        return Answer(200, json.bytes)
    }

    /// All versions, `latest` first; their `func_urn` carries no version, as in the vendor's sample.
    func versions(_ request: ReceivedRequest, _ call: CloudCall, requestID: String) -> Answer {
        guard let base = base(call) else { return Answer(.noFunction, requestID: requestID) }
        let published = catalogue.bases[base].rows.filter { version($0) != "latest" }
        guard let page = page(request, of: published.count + 1) else {
            return Answer(.service(400, "1001", "Invalid query parameter"), requestID: requestID)
        }
        var json = JSONText()
        json.beginObject()
        json.key("versions")
        json.beginArray()
        for position in page {
            let row = position == 0 ? nil : published[position - 1]
            function(catalogue.bases[base], version: row.map { version($0) } ?? "latest", row, &json)
        }
        json.endArray()
        json.field("next_marker", page.upperBound)
        json.endObject()
        return Answer(200, json.bytes)
    }

    /// An array at the top, without pages.
    func aliases(_ call: CloudCall, requestID: String) -> Answer {
        guard let base = base(call) else { return Answer(.noFunction, requestID: requestID) }
        var json = JSONText()
        json.beginArray()
        for alias in catalogue.bases[base].aliases {
            json.beginObject()
            json.field("name", alias.name)
            json.field("version", alias.version)
            json.field("description", "")
            json.field("last_modified", CivilTime(unixSeconds: 1_572_521_878).listed)
            json.field("alias_urn", "\(catalogue.bases[base].address.base):!\(alias.name)")
            if !alias.weights.isEmpty {
                json.key("additional_version_weights")
                json.beginObject()
                for weight in alias.weights { json.field(weight.version, weight.percent) }
                json.endObject()
            }
            json.endObject()
        }
        json.endArray()
        return Answer(200, json.bytes)
    }

    private func base(_ call: CloudCall) -> Int? {
        if let row = call.row { return catalogue.rows[row].base }
        return call.address.flatMap { catalogue.base($0.base) }
    }

    private func version(_ row: Int) -> String {
        FunctionAddress(catalogue.rows[row].urn)?.qualifier ?? ""
    }

    /// The part of a list that `marker` and `maxitems` ask for; nil: they are no numbers, or negative.
    private func page(_ request: ReceivedRequest, of total: Int) -> Range<Int>? {
        func number(_ name: String) -> Int? {
            guard let text = request.parameter(name), !text.isEmpty else { return 0 }
            return Int(text).flatMap { $0 < 0 ? nil : $0 }
        }
        guard let marker = number("marker"), let maxItems = number("maxitems") else { return nil }
        let size = maxItems == 0 || maxItems > Self.pageMax ? Self.pageMax : maxItems
        let start = min(marker, total)
        return start..<min(start + size, total)
    }

    private func function(_ base: BaseFunction, version: String, _ row: Int?, _ json: inout JSONText) {
        let address = base.address
        let project = catalogue.projects[base.project]
        json.beginObject()
        json.field("func_urn", address.base)
        json.field("resource_id", "0d075978-5a54-4ee1-8e24-ff5bd0700000:\(address.name)")
        json.field("func_name", address.name)
        json.field("domain_id", "simulated")
        json.field("namespace", address.project)
        json.field("project_name", project.name)
        json.field("package", address.package)
        json.field("runtime", base.runtime)
        json.field("timeout", 3)
        json.field("handler", "com.example.Handler.handle")
        json.field("memory_size", 512)
        json.field("cpu", 300)
        json.field("code_type", "jar")
        json.field("code_filename", "\(address.name).jar")
        json.field("code_size", 272_000)
        // The cloud sends the function's environment in clear: here is a secret that must be found nowhere else.
        json.field("user_data", #"{"DB_PASSWORD":"simulated-user-data-secret"}"#)
        json.field("digest", "decbce6939297b0b5ec6d1a23bf9c725870f5e69fc338a89a6a4029264688dc2")
        json.field("version", version)
        json.field("image_name", "\(version)-191025153727@simul")
        json.field("xrole", "simulated")
        json.field("last_modified", row.map { catalogue.rows[$0].lastModified } ?? lastModified(base))
        json.key("strategy_config")
        json.raw(#"{"concurrency":0}"#)
        json.field("enterprise_project_id", "0")
        json.field("type", "v2")
        json.endObject()
    }

    private func lastModified(_ base: BaseFunction) -> String {
        base.rows.last.map { catalogue.rows[$0].lastModified } ?? CivilTime(unixSeconds: 1_572_521_878).listed
    }
}

import YAML

/// The calls under `/_simulator/`, which steer the cloud and tell what it was asked.
struct ControlInterface {
    static let prefix = "/_simulator/"

    let core: CloudCore

    func answer(_ request: ReceivedRequest) -> Answer {
        do {
            return try perform(request)
        } catch let faults as ScenarioFaults {
            var json = JSONText()
            json.beginObject()
            json.key("faults")
            json.beginArray()
            for fault in faults.faults { json.string(fault.description) }
            json.endArray()
            json.endObject()
            return Answer(400, json.bytes)
        } catch {
            return Answer(404, JSONText.object([("error", "\(error)")]))
        }
    }

    private func perform(_ request: ReceivedRequest) throws -> Answer {
        let name = request.path.dropFirst(Self.prefix.count)
        switch (request.method, name) {
        case ("POST", "scenario"):
            core.load(try ScenarioReader.scenario(request.body, file: "scenario"))
        case ("POST", "add"):
            let entries = try ScenarioReader.functions(request.body, file: "functions")
            core.add(entries)
        case ("POST", "faults"):
            core.setFaults(try ScenarioReader.faults(request.body, file: "faults"))
        case ("POST", "keys"):
            core.setKeys(try ScenarioReader.accessKeys(request.body, file: "keys"))
        case ("POST", "state"):
            guard let urn = request.parameter("urn"), let state = request.parameter("state") else {
                return Answer(400, JSONText.object([("error", "expected urn and state in the query")]))
            }
            try core.setState(urn: urn, state: state, code: request.parameter("code"))
        case ("POST", "delete"):
            guard let urn = request.parameter("urn") else {
                return Answer(400, JSONText.object([("error", "expected urn in the query")]))
            }
            try core.delete(urn: urn)
        case ("GET", "requests"):
            return Answer(200, core.counts().json)
        case ("DELETE", "requests"):
            core.update { $0.resetCounts() }
        default:
            return Answer(404, JSONText.object([("error", "no such control call: \(request.method) \(request.path)")]))
        }
        return Answer(200, JSONText.object([("status", "ok")]))
    }
}

import NIOHTTP1

extension CloudState {
    /// `GET /v3/projects?name=` with a token or a signature, and `GET /v3/auth/projects` with a token: the projects
    /// that the caller may see.
    mutating func projects(
        _ request: ReceivedRequest, _ call: CloudCall, _ time: CloudTime, requestID: String
    ) -> Answer {
        if let refusal = authenticate(request, call, time) {
            var answer = Answer(refusal, requestID: requestID)
            answer.isAuthenticationFailure = true
            return answer
        }
        let visible: Set<String>?
        if let token = request.headers.first(name: "X-Auth-Token") {
            visible = tokens.visibleProjects(token)
        } else {
            let key = request.headers.first(name: "Authorization").flatMap { AuthorizationField($0) }?.accessKey
            visible = key.flatMap { accessKeys[$0] ?? metadata?.key($0, time) }?.projects
        }
        let name = request.parameter("name")
        var json = JSONText()
        json.beginObject()
        json.key("projects")
        json.beginArray()
        for project in catalogue.projects
        where (visible.map { $0.contains(project.id) } ?? true) && (name.map { $0 == project.name } ?? true) {
            json.beginObject()
            json.field("id", project.id)
            json.field("name", project.name)
            json.field("domain_id", "simulated-domain-id")
            json.key("enabled")
            json.boolean(true)
            json.field("parent_id", "simulated-domain-id")
            json.key("is_domain")
            json.boolean(false)
            json.field("description", "")
            json.key("links")
            json.raw("{}")
            json.endObject()
        }
        json.endArray()
        json.key("links")
        json.raw("{}")
        json.endObject()
        return Answer(200, json.bytes)
    }
}

import NIOHTTP1

extension CloudState {
    /// The metadata service: `PUT /meta-data/latest/api/token` in the hardened form, and
    /// `GET /openstack/latest/securitykey`.
    mutating func metadataAnswer(_ request: ReceivedRequest, _ time: CloudTime, requestID: String) -> Answer {
        guard metadata != nil else { return text(404, "404 Not Found") }
        switch (request.method, request.path) {
        case ("PUT", "/meta-data/latest/api/token"):
            return metadataToken(request, time)
        case ("GET", "/openstack/latest/securitykey"):
            return securityKey(request, time)
        case (_, "/meta-data/latest/api/token"), (_, "/openstack/latest/securitykey"):
            return text(405, "405 Method Not Allowed")
        default:
            return text(404, "404 Not Found")
        }
    }

    private mutating func metadataToken(_ request: ReceivedRequest, _ time: CloudTime) -> Answer {
        // Where the form is not offered, callers go on without a token.
        guard metadata?.settings.hardened == true else { return text(404, "404 Not Found") }
        guard let seconds = request.headers.first(name: "X-Metadata-Token-Ttl-Seconds").flatMap({ Int($0) }),
            (1...21600).contains(seconds)
        else { return text(400, "400 Bad Request") }
        let token = metadata?.newToken(time, secondsToLive: seconds, random: &random) ?? ""
        return text(200, token)
    }

    private mutating func securityKey(_ request: ReceivedRequest, _ time: CloudTime) -> Answer {
        if metadata?.settings.hardened == true {
            guard let token = request.headers.first(name: "X-Metadata-Token"),
                metadata?.isValid(token: token, time) == true
            else { return text(401, "401 Unauthorized") }
        }
        guard let key = metadata?.current(time, random: &random) else {
            return text(404, "Please configure a cloud service agency for the ECS first.")
        }
        var json = JSONText()
        json.beginObject()
        json.key("credential")
        json.beginObject()
        json.field("access", key.id)
        json.field("secret", key.secret)
        json.field("securitytoken", key.securityToken)
        json.field("expires_at", CivilTime.isoText(unixSeconds: key.expiresUnixSeconds))
        json.endObject()
        json.endObject()
        return Answer(200, json.bytes)
    }

    private func text(_ status: Int, _ text: String) -> Answer {
        Answer(status, Array(text.utf8), contentType: "text/plain")
    }
}

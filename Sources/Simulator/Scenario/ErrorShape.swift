/// The shapes of an error's body that callers of the cloud meet.
enum ErrorShape: String, Sendable, CaseIterable {
    /// `{"error_code","error_msg"}`: the services.
    case fss
    /// The same with `request_id`: the gateway.
    case apig
    /// `{"errorCode","errorMsg"}`.
    case camel
    /// `{"code","message"}`.
    case plain
    /// `{"error":{"code","message","title"}}`: IAM, in Keystone's way.
    case keystone
    /// `{"error_code","error_msg","encoded_authorization_message"}`: a refusal by an identity policy.
    case encoded
    /// A page, as proxies send.
    case html

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    var contentType: String { self == .html ? "text/html" : "application/json" }

    func body(status: Int, code: String, message: String, requestID: String) -> [UInt8] {
        switch self {
        case .fss:
            return JSONText.object([("error_code", code), ("error_msg", message)])
        case .apig:
            return JSONText.object([("error_msg", message), ("error_code", code), ("request_id", requestID)])
        case .camel:
            return JSONText.object([("errorCode", code), ("errorMsg", message)])
        case .plain:
            return JSONText.object([("code", code), ("message", message)])
        case .encoded:
            return JSONText.object([
                ("error_code", code), ("error_msg", message),
                ("encoded_authorization_message", "c2ltdWxhdGVkLWF1dGhvcml6YXRpb24tbWVzc2FnZQ=="),
            ])
        case .keystone:
            var json = JSONText()
            json.beginObject()
            json.key("error")
            json.beginObject()
            json.field("code", status)
            json.field("message", message)
            json.field("title", HTTPReason.phrase(status))
            json.endObject()
            json.endObject()
            return json.bytes
        case .html:
            let title = "\(status) \(HTTPReason.phrase(status))"
            return Array("<html>\n<head><title>\(title)</title></head>\n<body><h1>\(title)</h1></body>\n</html>\n".utf8)
        }
    }
}

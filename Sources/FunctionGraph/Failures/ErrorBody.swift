import FoundationEssentials

/// Code, message and request id out of every shape of error body the vendor uses; only these keys are read.
struct ErrorBody: Decodable {
    private(set) var code: String?
    private(set) var message: String?
    private(set) var requestID: String?

    /// How much of a body that is no JSON is looked at, and how much of it is kept.
    private static let textBytes = 64 << 10
    private static let textCharacters = 2048

    /// What `body` says. What is no JSON object of a known shape becomes the message as text.
    /// - Parameter redact: takes secrets out of that text before it is cut, since half a secret is not found any more.
    init(_ body: [UInt8], redact: (String) -> String = { $0 }) {
        if let parsed = try? JSONDecoder().decode(ErrorBody.self, from: Data(body)) { self = parsed }
        if code == nil && message == nil { message = Self.plainText(body, redact) }
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: AnyKey.self)
        code = Self.nonempty(object.scalar("error_code", "errorCode", "code"))
        message = Self.nonempty(object.scalar("error_msg", "errorMsg", "message"))
        requestID = Self.nonempty(object.scalar("request_id", "requestId"))
        // Keystone's shape: {"error": {"code": 401, "message": "…", "title": "Unauthorized"}}.
        if let error = try? object.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("error")) {
            code = code ?? Self.nonempty(error.scalar("error_code", "code"))
            message = message ?? Self.nonempty(error.scalar("message", "error_msg", "title"))
        } else {
            message = message ?? Self.nonempty(object.scalar("error"))
        }
    }

    private static func nonempty(_ text: String?) -> String? {
        guard let text else { return nil }
        let trimmed = Text.trim(text)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The beginning of a body without its markup, because proxies answer in HTML.
    private static func plainText(_ body: [UInt8], _ redact: (String) -> String) -> String? {
        let text = String(decoding: body.prefix(textBytes), as: UTF8.self)
        guard !Text.trim(text).hasPrefix("{"), !Text.trim(text).hasPrefix("[") else { return nil }
        var plain = ""
        var isInTag = false
        for character in text {
            switch character {
            case "<":
                isInTag = true
                plain.append(" ")
            case ">" where isInTag: isInTag = false
            default: if !isInTag { plain.append(character) }
            }
        }
        return nonempty(String(redact(plain).prefix(textCharacters)))
    }
}

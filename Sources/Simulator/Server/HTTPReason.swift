import NIOHTTP1

/// The words behind a status code.
enum HTTPReason {
    static func phrase(_ status: Int) -> String {
        // The gateway's own code for fields that are too large.
        status == 494 ? "Request header too large" : HTTPResponseStatus(statusCode: status).reasonPhrase
    }
}

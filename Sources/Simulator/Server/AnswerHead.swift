import NIOCore

/// Writes the head of an answer. By hand, as one buffer for head and body is what makes small answers fast.
enum AnswerHead {
    static func write(
        _ answer: Answer, contentLength: Int?, keepsAlive: Bool, date: String, into buffer: inout ByteBuffer
    ) {
        buffer.writeString("HTTP/1.1 \(answer.status) \(HTTPReason.phrase(answer.status))\r\n")
        buffer.writeStaticString("Server: api-gateway\r\nDate: ")
        buffer.writeString(date)
        if !answer.requestID.isEmpty {
            buffer.writeStaticString("\r\nX-Request-Id: ")
            buffer.writeString(answer.requestID)
        }
        // Nearly always empty.
        let names = answer.headers.isEmpty ? [] : Set(answer.headers.map { $0.name.lowercased() })
        if !names.contains("content-type"), contentLength != 0 {
            buffer.writeStaticString("\r\nContent-Type: ")
            buffer.writeString(answer.contentType)
        }
        for (name, value) in answer.headers { buffer.writeString("\r\n\(name): \(value)") }
        if let contentLength {
            // An answer without content has no length either (RFC 9110, 8.6).
            if answer.status != 204, answer.status != 304, !names.contains("content-length") {
                buffer.writeString("\r\nContent-Length: \(contentLength)")
            }
        } else {
            buffer.writeStaticString("\r\nTransfer-Encoding: chunked")
        }
        buffer.writeString(keepsAlive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n")
    }
}

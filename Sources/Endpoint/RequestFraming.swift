/// What a request's head says about its own form, read by code of our own before the HTTP parser sees it.
///
/// Everything is refused that RFC 9112 forbids, and also what it leaves to choice where two readers could differ:
/// two readers who see different requests in the same bytes are what smuggling lives on.
struct RequestFraming: Equatable {
    enum Body: Equatable {
        case none
        case fixed(Int)
        case chunked
    }

    private(set) var method = ""
    private(set) var target = ""
    private(set) var minorVersion = 1
    private(set) var body = Body.none
    /// Whether the client waits for `100 Continue` before it sends the body.
    private(set) var expectsContinue = false
    /// Whether another protocol is asked for: not given, but the parser stops after such a request.
    private(set) var asksForUpgrade = false

    private var hosts = 0
    private var contentLength: Int?
    private var isChunked = false
    private var upgrades = false
    private var connectionUpgrade = false

    /// - Parameter head: a whole head as ``RequestHeadScanner`` found it, its empty line included.
    init(head: Span<UInt8>, limits: WebLimits) throws(Refusal) {
        var lineStart = 0
        var fields = -1
        while lineStart < head.count {
            var end = lineStart
            while end < head.count, head[end] != UInt8(ascii: "\r") { end += 1 }
            guard end > lineStart else { break }
            let line = head.extracting(lineStart..<end)
            if fields < 0 {
                try readRequestLine(line, limits: limits)
            } else {
                try readField(line)
            }
            fields += 1
            guard fields <= limits.headerFields else { throw .headTooLarge }
            lineStart = end + 2
        }
        try conclude()
    }

    private mutating func readRequestLine(_ line: Span<UInt8>, limits: WebLimits) throws(Refusal) {
        guard let first = line.firstIndex(of: UInt8(ascii: " "), from: 0),
            let second = line.firstIndex(of: UInt8(ascii: " "), from: first + 1),
            line.firstIndex(of: UInt8(ascii: " "), from: second + 1) == nil
        else { throw .malformed("the request line is not method, target and version") }
        for index in 0..<first where !line[index].isTokenCharacter { throw .malformed("the method is no token") }
        guard first > 0, first <= 24 else { throw .malformed("the method is no token") }
        guard second > first + 1 else { throw .malformed("the request has no target") }
        guard second - first - 1 <= limits.targetBytes else { throw .targetTooLong }
        for index in (first + 1)..<second where !line[index].isTargetCharacter {
            throw .malformed("the target holds a character that must be written with a percent sign")
        }
        let version = line.extracting((second + 1)..<line.count).text
        guard version.utf8.count == 8, version.hasPrefix("HTTP/") else {
            throw .malformed("the version cannot be read")
        }
        switch version {
        case "HTTP/1.1": minorVersion = 1
        case "HTTP/1.0": minorVersion = 0
        case "HTTP/2.0", "HTTP/3.0", "HTTP/0.9":
            throw Refusal(status: 505, message: "only HTTP/1.1 and HTTP/1.0 are spoken")
        default: throw .malformed("the version cannot be read")
        }
        method = line.extracting(0..<first).text
        target = line.extracting((first + 1)..<second).text
    }

    private mutating func readField(_ line: Span<UInt8>) throws(Refusal) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":"), from: 0), colon > 0 else {
            throw .malformed("a header line has no name")
        }
        // This refuses white space before the colon and lines folded onto the one before as well.
        for index in 0..<colon where !line[index].isTokenCharacter {
            throw .malformed("a header field's name is no token")
        }
        let value = line.extracting(line.trimmedRange(from: colon + 1))
        switch colon {
        case 4 where line.matches("host", count: colon): try readHost(value)
        case 6 where line.matches("expect", count: colon):
            guard value.text.lowercased() == "100-continue" else { throw .unexpectedExpectation }
            expectsContinue = true
        case 7 where line.matches("upgrade", count: colon): upgrades = true
        case 10 where line.matches("connection", count: colon):
            if value.text.lowercased().contains("upgrade") { connectionUpgrade = true }
        case 14 where line.matches("content-length", count: colon): try readContentLength(value)
        case 17 where line.matches("transfer-encoding", count: colon):
            guard !isChunked, value.text.lowercased() == "chunked" else {
                throw .malformed("the only transfer coding is chunked, once")
            }
            isChunked = true
        default: break
        }
    }

    private mutating func readHost(_ value: Span<UInt8>) throws(Refusal) {
        hosts += 1
        guard hosts == 1 else { throw .malformed("more than one Host") }
        for index in 0..<value.count where !value[index].isHostCharacter { throw .malformed("Host is no host") }
    }

    private mutating func readContentLength(_ value: Span<UInt8>) throws(Refusal) {
        guard contentLength == nil else { throw .malformed("more than one Content-Length") }
        guard (1...18).contains(value.count) else { throw .malformed("Content-Length is no number") }
        var length = 0
        for index in 0..<value.count {
            guard (0x30...0x39).contains(value[index]) else { throw .malformed("Content-Length is no number") }
            length = length * 10 + Int(value[index] - 0x30)
        }
        contentLength = length
    }

    private mutating func conclude() throws(Refusal) {
        guard hosts == 1 || minorVersion == 0 else { throw .malformed("no Host") }
        if isChunked {
            guard contentLength == nil else { throw .malformed("both Content-Length and Transfer-Encoding") }
            guard minorVersion == 1 else { throw .malformed("a transfer coding in HTTP/1.0") }
            body = .chunked
        } else if let contentLength, contentLength > 0 {
            body = .fixed(contentLength)
        }
        asksForUpgrade = method == "CONNECT" || (upgrades && connectionUpgrade)
    }
}

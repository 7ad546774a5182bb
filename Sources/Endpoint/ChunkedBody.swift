/// Follows a chunked body (RFC 9112 §7.1) to its last byte, as strictly as the head is read.
///
/// The bytes go to the HTTP parser as well; this only finds the end, so that nothing behind it is read as part of it.
struct ChunkedBody {
    enum Step: Equatable {
        /// All bytes belong to the body and more are to come.
        case incomplete
        /// The body ends after so many of the bytes.
        case complete(Int)
        case refused(Refusal)
    }

    private enum Place {
        case firstDigit, size, extensions, sizeFeed
        case data, dataReturn, dataFeed
        case trailerStart, trailer
    }

    private let bodyBytes: Int
    private var place = Place.firstDigit
    private var chunk = 0
    private var digits = 0
    private var total = 0
    /// Bytes of sizes, extensions and trailers; bounded on their own, or one-byte chunks could go on for ever.
    private var overhead = 0
    private var isLastChunk = false
    private var isEmptyTrailer = false
    private var sawReturn = false
    private let overheadBytes: Int

    init(limits: WebLimits) {
        bodyBytes = limits.bodyBytes
        overheadBytes = limits.headBytes + limits.bodyBytes
    }

    mutating func follow(_ bytes: Span<UInt8>) -> Step {
        var index = 0
        while index < bytes.count {
            if place == .data {
                let taken = min(chunk, bytes.count - index)
                chunk -= taken
                index += taken
                if chunk == 0 { place = .dataReturn }
                continue
            }
            overhead += 1
            guard overhead <= overheadBytes else { return .refused(.bodyTooLarge) }
            do throws(Refusal) {
                if try step(bytes[index]) { return .complete(index + 1) }
            } catch {
                return .refused(error)
            }
            index += 1
        }
        return .incomplete
    }

    /// Answers true at the last byte of the body.
    private mutating func step(_ byte: UInt8) throws(Refusal) -> Bool {
        switch place {
        case .firstDigit, .size: try readSize(byte)
        case .extensions:
            if byte == UInt8(ascii: "\r") {
                place = .sizeFeed
            } else if byte < 0x20, byte != UInt8(ascii: "\t") {
                throw .malformed("a chunk's extension holds a control character")
            }
        case .sizeFeed:
            try expectFeed(byte)
            isLastChunk = chunk == 0
            place = isLastChunk ? .trailerStart : .data
        case .dataReturn:
            guard byte == UInt8(ascii: "\r") else { throw .malformed("a chunk is longer than its size") }
            place = .dataFeed
        case .dataFeed:
            try expectFeed(byte)
            place = .firstDigit
        case .trailerStart, .trailer: return try readTrailer(byte)
        case .data: break
        }
        return false
    }

    private mutating func readSize(_ byte: UInt8) throws(Refusal) {
        if let digit = PercentCoding.hexValue(byte) {
            if place == .firstDigit { (chunk, digits) = (0, 0) }
            digits += 1
            guard digits <= 15 else { throw .malformed("a chunk's size is no number that can be") }
            chunk = chunk << 4 | Int(digit)
            place = .size
            return
        }
        guard place == .size else { throw .malformed("a chunk has no size") }
        guard chunk <= bodyBytes - total else { throw .bodyTooLarge }
        total += chunk
        switch byte {
        case UInt8(ascii: "\r"): place = .sizeFeed
        case UInt8(ascii: ";"): place = .extensions
        default: throw .malformed("a chunk's size is no hexadecimal number")
        }
    }

    private mutating func readTrailer(_ byte: UInt8) throws(Refusal) -> Bool {
        if place == .trailerStart {
            sawReturn = byte == UInt8(ascii: "\r")
            isEmptyTrailer = sawReturn
            guard sawReturn || byte.isTokenCharacter else { throw .malformed("a trailer field's name is no token") }
            place = .trailer
            return false
        }
        guard sawReturn == (byte == UInt8(ascii: "\n")) else {
            throw .malformed("a line does not end with carriage return and line feed")
        }
        if sawReturn {
            place = .trailerStart
            return isEmptyTrailer
        }
        sawReturn = byte == UInt8(ascii: "\r")
        guard sawReturn || byte >= 0x20 || byte == UInt8(ascii: "\t") else {
            throw .malformed("a trailer field holds a control character")
        }
        return false
    }

    private func expectFeed(_ byte: UInt8) throws(Refusal) {
        guard byte == UInt8(ascii: "\n") else { throw .malformed("a line ends without a line feed") }
    }
}

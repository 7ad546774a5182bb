/// Finds the end of a request's head in bytes that arrive bit by bit, and stops at the first byte that no head has.
///
/// Stricter than RFC 9112 asks for: a line ends with CR LF and nothing else, because what two servers see as the end
/// of a line is what requests are smuggled through.
struct RequestHeadScanner {
    enum Step: Equatable {
        /// More bytes are needed.
        case incomplete
        /// So many bytes from the start are empty lines before the request and are to be dropped.
        case emptyLines(Int)
        /// So many bytes from the start are the head, its empty line included.
        case complete(Int)
        case refused(Refusal)
    }

    private let headBytes: Int
    private let targetBytes: Int
    private var scanned = 0
    private var lineStart = 0
    private var lines = 0
    private var emptyLinesAllowed = 4

    init(headBytes: Int, targetBytes: Int) {
        self.headBytes = headBytes
        self.targetBytes = targetBytes
    }

    /// - Parameter bytes: everything that has arrived of this head, the bytes of earlier calls again included.
    mutating func scan(_ bytes: Span<UInt8>) -> Step {
        while scanned < bytes.count {
            guard scanned < headBytes else { return .refused(.headTooLarge) }
            let byte = bytes[scanned]
            if scanned > 0, bytes[scanned - 1] == UInt8(ascii: "\r"), byte != UInt8(ascii: "\n") {
                return .refused(.malformed("a carriage return stands alone"))
            }
            switch byte {
            case UInt8(ascii: "\n"):
                guard scanned > lineStart, bytes[scanned - 1] == UInt8(ascii: "\r") else {
                    return .refused(.malformed("a line ends without a carriage return"))
                }
                let isEmpty = scanned - 1 == lineStart
                scanned += 1
                if isEmpty, lines > 0 { return .complete(scanned) }
                if isEmpty { return dropEmptyLine() }
                lines += 1
                lineStart = scanned
                continue
            case UInt8(ascii: "\r"), UInt8(ascii: "\t"), 0x20...0x7e: break
            // In field values only (obs-text); the check of the whole head says so.
            case 0x80...0xff where lines > 0: break
            default: return .refused(.malformed("a byte that no request's head holds"))
            }
            scanned += 1
            // The method and the version are a few bytes more.
            if lines == 0, scanned > targetBytes + 32 { return .refused(.targetTooLong) }
        }
        return .incomplete
    }

    private mutating func dropEmptyLine() -> Step {
        guard emptyLinesAllowed > 0 else { return .refused(.malformed("too many empty lines before the request")) }
        emptyLinesAllowed -= 1
        let length = scanned
        scanned = 0
        return .emptyLines(length)
    }
}

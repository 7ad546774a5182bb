import NIOCore

/// A long body, handed out in pieces of which no more than one is made.
final class AnswerStream {
    let isCut: Bool
    let keepsAlive: Bool
    /// An endless body waits a little after each piece.
    var isWaiting = false
    var isEndless: Bool { left == nil }

    private var prefix: [UInt8]?
    private let suffix: [UInt8]
    /// Bytes of filling that are still to come; nil: without end.
    private var left: Int?
    private var suffixIsDue: Bool

    private static let pieceSize = 1 << 16
    private static let filling = ByteBuffer(repeating: UInt8(ascii: "a"), count: pieceSize)

    init(prefix: [UInt8], suffix: [UInt8], total: Int?, isCut: Bool, keepsAlive: Bool) {
        self.prefix = prefix
        self.suffix = suffix
        self.isCut = isCut
        self.keepsAlive = keepsAlive
        let filling = total.map { $0 - prefix.count - suffix.count }
        // A cut body ends half way.
        left = isCut ? (filling ?? 2 * Self.pieceSize) / 2 : filling
        suffixIsDue = !isCut && total != nil
        isChunked = total == nil
    }

    private let isChunked: Bool

    /// The next piece as it goes over the wire; nil at the end.
    func next() -> ByteBuffer? {
        if let prefix {
            self.prefix = nil
            return wire(ByteBuffer(bytes: prefix))
        }
        guard let left else { return wire(Self.filling) }
        if left > 0 {
            let size = min(left, Self.pieceSize)
            self.left = left - size
            return wire(Self.filling.getSlice(at: 0, length: size) ?? ByteBuffer())
        }
        guard suffixIsDue else { return nil }
        suffixIsDue = false
        return wire(ByteBuffer(bytes: suffix))
    }

    private func wire(_ piece: ByteBuffer) -> ByteBuffer {
        guard isChunked else { return piece }
        var chunk = ByteBuffer(string: "\(String(piece.readableBytes, radix: 16))\r\n")
        chunk.writeImmutableBuffer(piece)
        chunk.writeStaticString("\r\n")
        return chunk
    }
}

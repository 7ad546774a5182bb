internal import NIOCore

/// The body of one answer, handed out as the socket takes it.
struct AnswerSource {
    private enum Rest {
        case bytes([UInt8], offset: Int)
        case pieces([[UInt8]], next: Int)
        case stream(@Sendable () -> [UInt8]?)
        case nothing
    }

    private var rest: Rest
    /// In bytes; nil where it is only known at the end.
    let length: Int?

    /// Larger bodies go out in slices of this size, so that a slow reader does not hold all of one twice.
    private static let sliceBytes = 128 * 1024

    init(_ body: WebBody) {
        switch body {
        case .bytes(let bytes):
            length = bytes.count
            rest = .bytes(bytes, offset: 0)
        case .pieces(let pieces):
            length = pieces.reduce(0) { $0 + $1.count }
            rest = .pieces(pieces, next: 0)
        case .stream(let next):
            length = nil
            rest = .stream(next)
        }
    }

    /// Whether it is known already that nothing follows.
    var isExhausted: Bool {
        switch rest {
        case .nothing: true
        case .bytes(let bytes, let offset): offset == bytes.count
        case .pieces(let pieces, let next): next == pieces.count
        case .stream: false
        }
    }

    /// The next bytes; nil at the end. Never empty.
    mutating func next(_ allocator: ByteBufferAllocator) -> ByteBuffer? {
        while true {
            let piece: ArraySlice<UInt8>
            switch rest {
            case .bytes(let bytes, let offset):
                let end = min(offset + Self.sliceBytes, bytes.count)
                rest = end < bytes.count ? .bytes(bytes, offset: end) : .nothing
                piece = bytes[offset..<end]
            case .pieces(let pieces, let next):
                guard next < pieces.count else {
                    rest = .nothing
                    return nil
                }
                rest = .pieces(pieces, next: next + 1)
                piece = pieces[next][...]
            case .stream(let next):
                guard let bytes = next() else {
                    rest = .nothing
                    return nil
                }
                piece = bytes[...]
            case .nothing: return nil
            }
            if !piece.isEmpty { return allocator.buffer(bytes: piece) }
        }
    }
}

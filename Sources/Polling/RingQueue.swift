/// A queue of row or poll numbers, first in first out, in one buffer that grows and is kept.
struct RingQueue: Sendable {
    private var buffer: [Int32] = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var first: Int32? {
        count == 0 ? nil : buffer[head]
    }

    mutating func append(_ element: Int32) {
        if count == buffer.count {
            grow()
        }
        buffer[(head &+ count) & (buffer.count &- 1)] = element
        count &+= 1
    }

    mutating func popFirst() -> Int32? {
        guard count > 0 else { return nil }
        let element = buffer[head]
        head = (head &+ 1) & (buffer.count &- 1)
        count &-= 1
        return element
    }

    mutating func removeAll() {
        head = 0
        count = 0
    }

    /// Keeps what the condition holds for, in order. Linear.
    mutating func filter(_ isKept: (Int32) -> Bool) {
        for _ in 0..<count {
            guard let element = popFirst() else { return }
            if isKept(element) {
                append(element)
            }
        }
    }

    /// The buffer's length stays a power of two, so that positions wrap by a mask.
    private mutating func grow() {
        var larger = [Int32](repeating: 0, count: max(8, buffer.count * 2))
        for offset in 0..<count {
            larger[offset] = buffer[(head + offset) & (buffer.count - 1)]
        }
        buffer = larger
        head = 0
    }
}

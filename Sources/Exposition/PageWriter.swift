/// Writes bytes to memory that its maker lends it. It never writes past the end: it notes that there was no room.
@safe
struct PageWriter: ~Copyable {
    private let base: UnsafeMutablePointer<UInt8>
    private let capacity: Int

    /// Bytes written.
    private(set) var count = 0

    /// Whether something had no room; what was written since the last `rewind` is incomplete.
    private(set) var isOverflowed = false

    /// A writer into the buffer, which must outlive it.
    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        guard let base = buffer.baseAddress else {
            preconditionFailure("no memory to write to")  // precondition: nobody lends an empty buffer.
        }
        unsafe self.base = unsafe base
        capacity = buffer.count
    }

    /// Forgets what was written after `count` bytes.
    mutating func rewind(to count: Int) {
        self.count = min(self.count, max(0, count))
        isOverflowed = false
    }

    /// Whether so many more bytes have room; notes it where they have not.
    @inline(__always)
    private mutating func hasRoom(_ bytes: Int) -> Bool {
        guard bytes <= capacity - count else {
            isOverflowed = true
            return false
        }
        return true
    }

    /// Writes bytes from memory.
    @inline(__always)
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, hasRoom(bytes.count) else { return }
        unsafe (base + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Writes bytes.
    mutating func write(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe write($0) }
    }

    /// Writes one byte.
    @inline(__always)
    mutating func write(_ byte: UInt8) {
        guard hasRoom(1) else { return }
        unsafe base[count] = byte
        count += 1
    }

    /// Writes decimal digits, without leading zeros unless `width` asks for them.
    @inline(__always)
    mutating func write(digitsOf value: UInt64, width: Int = 1) {
        guard hasRoom(20) else { return }
        var length = width
        var bound: UInt64 = 1
        for _ in 0..<width { bound &*= 10 }
        while length < 20, value >= bound {
            length += 1
            bound = length < 20 ? bound &* 10 : .max
        }
        var rest = value
        var position = count + length
        while position > count {
            position -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            unsafe base[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
        count += length
    }
}

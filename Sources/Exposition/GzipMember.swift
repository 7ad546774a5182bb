import CZlib

/// One gzip member (RFC 1952) put together from pages that were compressed separately. Several members would be simpler,
/// but curl ends with an error at the second, and Python's requests stops there in silence.
struct GzipMember {
    /// What to send, in order.
    private(set) var pieces: [[UInt8]]
    private var crc: UInt = 0
    private var count = 0

    /// A member without content: header with no name, no time, unknown system.
    init(capacity: Int) {
        pieces = [[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]]
        pieces.reserveCapacity(capacity + 2)
    }

    /// Appends compressed pages, with the CRC-32 and the length of what they hold.
    mutating func append(_ bytes: [UInt8], crc pageCRC: UInt, count pageCount: Int) {
        guard pageCount > 0 else { return }
        pieces.append(bytes)
        crc = crc32_combine(crc, pageCRC, pageCount)
        count += pageCount
    }

    /// Ends the member: an empty last block, the CRC-32 and the length modulo 2^32, both little-endian.
    mutating func finish() {
        var trailer: [UInt8] = [0x03, 0x00]
        for value in [UInt32(truncatingIfNeeded: crc), UInt32(truncatingIfNeeded: count)] {
            for shift in [0, 8, 16, 24] as [UInt32] { trailer.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        pieces.append(trailer)
    }
}

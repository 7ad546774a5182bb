import CZlib
import Exposition

/// The page as plain text, all pieces together.
func plainText(_ registry: Registry, _ form: ExpositionForm) -> String {
    let source = registry.pieces(form)
    var bytes: [UInt8] = []
    while let piece = source.next() { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
}

/// The compressed page read back by zlib as one gzip member; nil where it is none, or where bytes follow it.
func decompressedText(_ registry: Registry, _ form: ExpositionForm) -> String? {
    inflateMember(registry.gzip(form).flatMap { $0 }).map { String(decoding: $0, as: UTF8.self) }
}

/// Reads one gzip member with zlib, which checks its CRC and length.
func inflateMember(_ compressed: [UInt8]) -> [UInt8]? {
    var input = compressed
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    return unsafe input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
        var stream = unsafe z_stream()
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(input.count)
        // 16 + 15: a gzip header, and nothing else.
        guard unsafe inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { unsafe _ = inflateEnd(&stream) }
        while true {
            let (result, written) = unsafe chunk.withUnsafeMutableBufferPointer { chunk in
                unsafe stream.next_out = chunk.baseAddress
                unsafe stream.avail_out = UInt32(chunk.count)
                let result = unsafe inflate(&stream, Z_NO_FLUSH)
                return unsafe (result, chunk.count - Int(stream.avail_out))
            }
            output += chunk[..<written]
            if result == Z_STREAM_END { return unsafe stream.avail_in == 0 ? output : nil }
            guard result == Z_OK else { return nil }
        }
    }
}

/// Random numbers that are the same at every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

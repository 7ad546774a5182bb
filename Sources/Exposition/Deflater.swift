import CZlib

/// Compresses pages so that they can be put together to one deflate stream: each is complete by itself, ends at a byte
/// and refers to nothing before it.
@safe
struct Deflater: ~Copyable {
    /// On the heap: zlib keeps a pointer back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output: [UInt8] = []

    /// A compressor. It takes its quarter of a megabyte when it is first used.
    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
    }

    deinit {
        if !output.isEmpty { unsafe deflateEnd(stream) }
        unsafe stream.deallocate()
    }

    /// The first `count` bytes compressed, with their CRC-32 for `crc32_combine`.
    ///
    /// At zlib's fastest level, which is what a page of metrics is worth: it is fetched over and over.
    mutating func compress(_ page: [UInt8], count: Int) -> (bytes: [UInt8], crc: UInt) {
        unsafe page.withUnsafeBufferPointer { page in
            let page = unsafe UnsafeBufferPointer(rebasing: page[..<count])
            let crc = unsafe crc32_z(0, page.baseAddress, page.count)
            guard !page.isEmpty else { return ([], crc) }
            if output.isEmpty { start() }
            // 16 for the empty stored block that the flush ends with.
            let bound = unsafe Int(deflateBound(stream, UInt(page.count))) + 16
            if output.count < bound { output = Array(repeating: 0, count: bound) }
            let written = unsafe deflateWhole(page)
            return (Array(output[..<written]), crc)
        }
    }

    private mutating func start() {
        // What the macro deflateInit2 does. -15: no header and trailer around the deflate data, the largest window.
        let result = unsafe deflateInit2_(
            stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        // precondition: the arguments are constants.
        precondition(result == Z_OK, "zlib refuses its parameters")
    }

    private mutating func deflateWhole(_ page: UnsafeBufferPointer<UInt8>) -> Int {
        unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: page.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(page.count)
            unsafe stream.pointee.next_out = output.baseAddress
            unsafe stream.pointee.avail_out = UInt32(output.count)
            unsafe deflate(stream, Z_SYNC_FLUSH)
            // precondition: the output has the size that zlib asked for.
            unsafe precondition(
                stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0, "zlib needs more than its bound")
            let written = unsafe output.count - Int(stream.pointee.avail_out)
            unsafe deflateReset(stream)
            return written
        }
    }
}

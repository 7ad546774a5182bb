internal import CCrypt

/// bcrypt through the system's libcrypt.
enum Bcrypt {
    /// What may be asked of a request: 4 is the least that bcrypt knows, and above 14 one check takes over a second.
    static let costs = 4...14

    /// The cost of a hash, or nil where it is none: `$2a$`, `$2b$` or `$2y$`, two digits, `$`, and 53 characters.
    static func cost(of hash: String) -> Int? {
        let bytes = Array(hash.utf8)
        guard bytes.count == 60, bytes[0] == UInt8(ascii: "$"), bytes[1] == UInt8(ascii: "2"),
            [UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "y")].contains(bytes[2]),
            bytes[3] == UInt8(ascii: "$"), bytes[6] == UInt8(ascii: "$"),
            (0x30...0x39).contains(bytes[4]), (0x30...0x39).contains(bytes[5]),
            bytes[7...].allSatisfy({ isDigit($0) })
        else { return nil }
        let cost = Int(bytes[4] - 0x30) * 10 + Int(bytes[5] - 0x30)
        return (4...31).contains(cost) ? cost : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "."), UInt8(ascii: "/"): true
        default: false
        }
    }

    /// Takes about 5 ms at cost 5 and 85 ms at cost 10, of one core: never on the event loop.
    ///
    /// - Parameter password: without a NUL. bcrypt looks at the first 72 bytes.
    static func verifies(_ password: [UInt8], against hash: String) -> Bool {
        guard !password.contains(0) else { return false }
        let phrase = password.map { CChar(bitPattern: $0) } + [0]
        let expected = Array(hash.utf8)
        let size = MemoryLayout<crypt_data>.size
        let computed: [UInt8] = unsafe withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { scratch in
            unsafe scratch.initializeMemory(as: UInt8.self, repeating: 0)
            guard let result = unsafe crypt_rn(phrase, hash, scratch.baseAddress, Int32(size)) else { return [] }
            var bytes: [UInt8] = []
            var next = unsafe result
            while unsafe next.pointee != 0, bytes.count < 128 {
                bytes.append(UInt8(bitPattern: unsafe next.pointee))
                unsafe next += 1
            }
            // What libcrypt leaves behind in its work space is made of the password.
            unsafe scratch.initializeMemory(as: UInt8.self, repeating: 0)
            return bytes
        }
        guard computed.count == expected.count, !computed.isEmpty else { return false }
        var difference: UInt8 = 0
        for index in expected.indices { difference |= expected[index] ^ computed[index] }
        return difference == 0
    }
}

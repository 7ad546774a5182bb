import Settings
import Testing

/// Damages good texts everywhere: each must give a configuration or faults that can be shown, and never a crash.
@Suite struct DamagedTextTests {
    private static let replacements: [UInt8] = [
        0x00, 0x09, 0x0A, 0x0D, 0x20, 0x21, 0x22, 0x26, 0x27, 0x2A, 0x2C, 0x2D, 0x30, 0x3A, 0x3C, 0x5B, 0x5D, 0x7B,
        0x7D,
        0x7F, 0x80, 0xC3, 0xE2, 0xF0, 0xFF,
    ]

    private func check(_ bytes: [UInt8]) {
        let loaded = ConfigurationLoader(path: "c", environment: [:]).load(text: bytes, previous: nil)
        #expect((loaded.configuration == nil) == !loaded.faults.isEmpty)
        check(loaded.faults.map { "\($0)" } + loaded.warnings.map { "\($0)" }, bytes)
    }

    private func checkWeb(_ bytes: [UInt8]) {
        let (configuration, faults) = WebConfigurationLoader.parse(bytes, path: "c")
        #expect((configuration == nil) == !faults.isEmpty)
        check(faults.map { "\($0)" }, bytes)
    }

    /// One printable line each, at a place that the text has.
    private func check(_ messages: [String], _ bytes: [UInt8]) {
        let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D } + bytes.count / 2
        for message in messages {
            let parts = message.split(separator: ":", maxSplits: 3)
            #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
            guard parts.count == 4, let line = Int(parts[1]), let column = Int(parts[2]) else {
                Issue.record("no place: \(message)")
                continue
            }
            #expect((1...lines).contains(line) && (1...bytes.count + 1).contains(column))
        }
    }

    @Test("Cut off at any byte")
    func truncated() {
        let text = Array(SampleText.everything.utf8)
        for length in 0..<text.count { check(Array(text[..<length])) }
        let web = Array(SampleText.web.utf8)
        for length in 0..<web.count { checkWeb(Array(web[..<length])) }
    }

    @Test("One byte replaced, everywhere")
    func replaced() {
        var random = SplitMix64(state: 2)
        let text = Array(SampleText.everything.utf8)
        for index in text.indices {
            var damaged = text
            damaged[index] = Self.replacements[Int(random.next() % UInt64(Self.replacements.count))]
            check(damaged)
            damaged[index] = text[index] ^ (1 << UInt8(random.next() % 8))
            check(damaged)
        }
        let web = Array(SampleText.web.utf8)
        for index in web.indices {
            var damaged = web
            damaged[index] = Self.replacements[Int(random.next() % UInt64(Self.replacements.count))]
            checkWeb(damaged)
        }
    }

    @Test("Pieces removed, doubled and moved")
    func shuffled() {
        var random = SplitMix64(state: 3)
        let text = Array(SampleText.everything.utf8)
        for _ in 0..<1000 {
            var damaged = text
            for _ in 0..<3 {
                let start = Int(random.next() % UInt64(damaged.count))
                let end = min(damaged.count, start + Int(random.next() % 40))
                let piece = Array(damaged[start..<end])
                if random.next() % 2 == 0 { damaged.removeSubrange(start..<end) }
                damaged.insert(contentsOf: piece, at: Int(random.next() % UInt64(damaged.count + 1)))
            }
            check(damaged)
        }
    }
}

/// Numbers that look random and are the same at each run (Steele, Lea, Flood: SplitMix).
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Walks over ASCII text group by group.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One or more digits as the fraction of a second; nil where there is none.
    mutating func fraction() -> Double? {
        var value = 0.0
        var scale = 1.0
        while let digit = nextDigit() {
            scale /= 10
            value += Double(digit) * scale
        }
        return scale == 1 ? nil : value
    }

    /// Exactly `count` ASCII letters.
    mutating func word(_ count: Int) -> String? {
        let word = rest.prefix(count)
        guard word.count == count, word.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }) else {
            return nil
        }
        rest = rest.dropFirst(count)
        return String(Substring(word))
    }

    /// Whether the next character was `character`, which is then passed over.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func nextDigit() -> Int? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }
}

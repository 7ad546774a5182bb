import Testing

@testable import Exposition

/// How values are written.
@Suite("Numbers")
struct NumberTests {
    private static func text(_ value: Double) -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var writer = unsafe PageWriter(buffer)
            writer.write(number: value)
            return writer.count
        }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    @Test(
        "a number is written as the shortest decimal, whole ones without exponent",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (9, "9"), (10, "10"), (99, "99"), (100, "100"),
            (0.1, "0.1"), (0.01, "0.01"), (0.001, "0.001"), (0.0001, "0.0001"), (0.000001, "1e-06"),
            (0.5, "0.5"), (-0.025, "-0.025"), (1.5, "1.5"), (12.340, "12.34"), (0.123456, "0.123456"),
            (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3.0, "0.3333333333333333"),
            (1_782_734_567.123, "1782734567.123"), (1_782_734_567.1234567, "1782734567.1234567"),
            (999_999_999_999.999, "999999999999.999"), (1_000_000_000_000.5, "1000000000000.5"),
            (1_000_000, "1000000"), (4_294_967_296, "4294967296"),
            (9_007_199_254_740_991, "9007199254740991"), (9_007_199_254_740_992, "9007199254740992"),
            (-9_007_199_254_740_992, "-9007199254740992"), (1e16, "1e+16"), (1e300, "1e+300"),
            (Double.leastNonzeroMagnitude, "5e-324"), (Double.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (Double.infinity, "+Inf"), (-Double.infinity, "-Inf"), (Double.nan, "NaN"), (-Double.nan, "NaN"),
        ] as [(Double, String)])
    func table(value: Double, expected: String) {
        #expect(Self.text(value) == expected)
    }

    /// The significant digits, without what only says where the point is.
    private static func digits(_ text: String) -> String {
        var mantissa = text.prefix { $0 != "e" }.filter(\.isNumber)
        while mantissa.last == "0" { mantissa.removeLast() }
        return String(mantissa.drop { $0 == "0" })
    }

    @Test("what is written reads back as the same number, with no more digits than needed", arguments: 0..<8)
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<20_000 {
            let value: Double =
                switch seed {
                case 0: Double(bitPattern: generator.next())
                case 1: Double(Int64(bitPattern: generator.next()) >> 10) / 1_000
                case 2: Double.random(in: 0...100, using: &generator)
                case 3: Double(Int.random(in: 0...100_000_000, using: &generator)) / 1_000_000
                case 4: 1_782_000_000 + Double(Int.random(in: 0...1_000_000_000, using: &generator)) / 1_000
                case 5: (1_782_000_000 + Double.random(in: 0...1, using: &generator)).nextUp
                case 6: Double(Int.random(in: -9_007_199_254_740_993...9_007_199_254_740_993, using: &generator))
                default: Double.random(in: -1e-3...1e-3, using: &generator)
                }
            guard value.isFinite else { continue }
            let text = Self.text(value)
            #expect(Double(text)?.bitPattern == value.bitPattern)
            #expect(Self.digits(text) == Self.digits(value.description), "\(text) for \(value)")
        }
    }

    @Test("every count of digits is written", arguments: 0...19)
    func powersOfTen(exponent: Int) {
        var power: UInt64 = 1
        for _ in 0..<exponent { power *= 10 }
        for value in [power - 1, power, power + 1, .max] {
            var bytes = [UInt8](repeating: 0, count: 64)
            let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                var writer = unsafe PageWriter(buffer)
                writer.write(digitsOf: value)
                return writer.count
            }
            #expect(String(decoding: bytes[..<count], as: UTF8.self) == "\(value)")
        }
    }

    @Test("a writer that is full writes nothing past its end and says so")
    func overflow() {
        var bytes = [UInt8](repeating: 0xAA, count: 8)
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var writer = unsafe PageWriter(UnsafeMutableBufferPointer(rebasing: buffer[..<4]))
            writer.write([1, 2, 3])
            writer.write([4, 5])
            let (wasOverflowed, count) = (writer.isOverflowed, writer.count)
            #expect(wasOverflowed)
            #expect(count == 3)
            writer.rewind(to: 2)
            writer.write(7)
            let (isOverflowed, finalCount) = (writer.isOverflowed, writer.count)
            #expect(!isOverflowed)
            #expect(finalCount == 3)
        }
        #expect(bytes == [1, 2, 7, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA])
    }
}

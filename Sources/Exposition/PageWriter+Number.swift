extension PageWriter {
    /// Writes a sample's value as both forms take it: the shortest decimal that reads back as the same number, whole
    /// numbers up to 2^53 without point and exponent, `NaN`, `+Inf` and `-Inf`.
    ///
    /// Whole numbers and those with at most three or six decimals, which is nearly everything, have a path of their
    /// own. It is right because m / 1000 is rounded correctly, so the decimal reads back as the same number whenever
    /// the division gives it; and because two decimals of at most 15 digits never read as the same number, so no
    /// shorter one does.
    @inline(__always)
    mutating func write(number value: Double) {
        let magnitude = value.magnitude
        if magnitude <= 9_007_199_254_740_992, magnitude.rounded(.towardZero) == magnitude {
            if value.sign == .minus { write(UInt8(ascii: "-")) }
            write(digitsOf: UInt64(magnitude))
        } else if magnitude < 1e12, writeFixed(value, scale: 1_000, width: 3) {
            return
        } else if magnitude < 1e9, magnitude >= 1e-4, writeFixed(value, scale: 1_000_000, width: 6) {
            return
        } else {
            writeGeneral(value)
        }
    }

    /// Writes the value with up to `width` decimals if that is exactly it.
    @inline(__always)
    private mutating func writeFixed(_ value: Double, scale: UInt64, width: Int) -> Bool {
        let magnitude = value.magnitude
        let scaled = (magnitude * Double(scale)).rounded()
        guard scaled < 1e15, scaled / Double(scale) == magnitude else { return false }
        let whole = UInt64(scaled)
        if value.sign == .minus { write(UInt8(ascii: "-")) }
        write(digitsOf: whole / scale)
        write(UInt8(ascii: "."))
        var fraction = whole % scale
        var digits = width
        while digits > 1, fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        write(digitsOf: fraction, width: digits)
        return true
    }

    /// Any number, by the standard library, which writes the shortest decimal that reads back the same.
    private mutating func writeGeneral(_ value: Double) {
        if value.isNaN {
            write(Array("NaN".utf8))
        } else if value.isInfinite {
            write(Array((value < 0 ? "-Inf" : "+Inf").utf8))
        } else {
            write(Array(value.description.utf8))
        }
    }
}

/// Turns an offset in bytes into a line and a column, where libyaml gives only the offset.
enum TextPosition {
    /// The place after the first `offset` bytes. Lines end as in YAML 1.1: LF, CR, CR LF, NEL, LS and PS.
    static func mark(of offset: Int, in bytes: some Collection<UInt8>) -> Mark {
        var line = 1
        var column = 1
        var afterReturn = false
        var decoder = UTF8()
        var iterator = bytes.prefix(offset).makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .emptyInput: return Mark(line: line, column: column)
            case .error: column += 1
            case .scalarValue(let scalar):
                switch scalar {
                case "\n" where afterReturn: break
                case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                    line += 1
                    column = 1
                default: column += 1
                }
                afterReturn = scalar == "\r"
            }
        }
    }

    /// The scalar that has so many before it, nil behind the end.
    static func scalar(at index: Int, in bytes: some Collection<UInt8>) -> Unicode.Scalar? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var rest = index
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if rest == 0 { return scalar }
            rest -= 1
        }
        return nil
    }

    /// How many bytes at the beginning are valid UTF-8: all, or up to the first that is not.
    static func validPrefix(of bytes: ArraySlice<UInt8>) -> Int {
        var valid = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            valid += UTF8.width(scalar)
        }
        return valid
    }
}

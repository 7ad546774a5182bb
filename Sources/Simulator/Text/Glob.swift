/// A pattern in which `*` stands for any text and `?` for one byte.
struct Glob: Sendable, Equatable {
    let pattern: [UInt8]

    init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    /// Whether the whole text matches. Linear but for patterns with several stars, and never exponential: on a
    /// mismatch only the last star takes one byte more.
    func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var position = 0
        var patternPosition = 0
        var star: (pattern: Int, text: Int)?
        while position < bytes.count {
            if patternPosition < pattern.count, pattern[patternPosition] == UInt8(ascii: "*") {
                star = (patternPosition, position)
                patternPosition += 1
            } else if patternPosition < pattern.count,
                pattern[patternPosition] == UInt8(ascii: "?") || pattern[patternPosition] == bytes[position]
            {
                patternPosition += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                patternPosition = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return pattern[patternPosition...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

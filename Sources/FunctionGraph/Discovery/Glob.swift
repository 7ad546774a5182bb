/// A pattern in which `*` stands for any text, the empty one included, and `?` for one character (Unicode scalar).
/// There is no escape: none of the names it is used for can hold either.
public struct Glob: Sendable, Hashable {
    private let pattern: [Unicode.Scalar]

    /// Any text is a pattern.
    public init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

    /// Whether the whole of `text` matches, with regard to case. At most pattern times text steps.
    public func matches(_ text: String) -> Bool {
        let text = Array(text.unicodeScalars)
        var textIndex = 0
        var patternIndex = 0
        // Where to go back to: behind the last star, and what it has swallowed so far.
        var star: (pattern: Int, text: Int)?
        while textIndex < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == "*" {
                star = (patternIndex + 1, textIndex)
                patternIndex += 1
            } else if patternIndex < pattern.count,
                pattern[patternIndex] == "?" || pattern[patternIndex] == text[textIndex]
            {
                patternIndex += 1
                textIndex += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                patternIndex = last.pattern
                textIndex = last.text + 1
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == "*" }
    }
}

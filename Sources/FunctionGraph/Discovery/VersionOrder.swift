/// Which of a function's versions was published last. The vendor's listings promise no order.
enum VersionOrder {
    /// By `last_modified` where every version has one; among equals, and without, by the numbers in the names where
    /// the names differ in nothing else; then the one listed later.
    static func newest(of versions: [ListedVersion]) -> ListedVersion? {
        let times = versions.compactMap(\.lastModifiedUnixSeconds)
        let isTimed = times.count == versions.count
        let latest = times.max()
        let candidates = isTimed ? versions.filter { $0.lastModifiedUnixSeconds == latest } : versions
        let shapes = candidates.map { Shape($0.version) }
        guard let first = shapes.first, shapes.allSatisfy({ $0.words == first.words }) else { return candidates.last }
        let order = candidates.indices.max { left, right in
            shapes[left].numbers == shapes[right].numbers
                ? left < right : shapes[left].numbers.lexicographicallyPrecedes(shapes[right].numbers)
        }
        return order.map { candidates[$0] }
    }

    /// A name as the words between its numbers and the numbers between its words.
    private struct Shape {
        var words: [String] = [""]
        var numbers: [Double] = []

        init(_ name: String) {
            var isInNumber = false
            for character in name {
                if let digit = character.isASCII ? character.wholeNumberValue : nil {
                    if !isInNumber { numbers.append(0) }
                    numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Double(digit)
                    isInNumber = true
                } else {
                    if isInNumber { words.append("") }
                    words[words.count - 1].append(character)
                    isInNumber = false
                }
            }
            if isInNumber { words.append("") }
        }
    }
}

/// The order people expect of names with numbers in them: `worker-2` comes before `worker-10`.
enum NaturalOrder {
    /// Whether `a` comes before `b`: runs of digits by their value, everything else by its bytes.
    static func precedes(_ a: String, _ b: String) -> Bool {
        let left = a.utf8.span
        let right = b.utf8.span
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            if isDigit(left[i]), isDigit(right[j]) {
                let (startOfLeft, startOfRight) = (significant(left, i), significant(right, j))
                (i, j) = (end(left, startOfLeft), end(right, startOfRight))
                let (lengthOfLeft, lengthOfRight) = (i - startOfLeft, j - startOfRight)
                if lengthOfLeft != lengthOfRight { return lengthOfLeft < lengthOfRight }
                for offset in 0..<lengthOfLeft where left[startOfLeft + offset] != right[startOfRight + offset] {
                    return left[startOfLeft + offset] < right[startOfRight + offset]
                }
            } else {
                if left[i] != right[j] { return left[i] < right[j] }
                i += 1
                j += 1
            }
        }
        if i < left.count || j < right.count { return j < right.count }
        // Equal but for leading zeros: any order will do, as long as it is one.
        return a < b
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The first digit that is no leading zero.
    private static func significant(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, text[index] == 0x30 { index += 1 }
        return index
    }

    private static func end(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, isDigit(text[index]) { index += 1 }
        return index
    }
}

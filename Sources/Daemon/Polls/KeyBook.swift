/// Small numbers for keys, handed out once and kept for the life of the process: there are few projects and
/// accounts, and the schedule keeps what it learned of one that comes back.
struct KeyBook<Key: Hashable & Sendable>: Sendable {
    private var numbers: [Key: Int] = [:]
    private var keys: [Key] = []

    /// The number of `key`, new if need be.
    mutating func number(_ key: Key) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }

    /// The number of `key` if it has one.
    func known(_ key: Key) -> Int? { numbers[key] }

    /// The key of a number.
    subscript(number: Int) -> Key? { keys.indices.contains(number) ? keys[number] : nil }
}

import Synchronization

/// Hands out 1, 2, 3 … up to a count, and tells when nobody holds it any more.
final class PieceCounter: Sendable {
    private let given = Atomic<Int>(0)
    private let count: Int
    private let released: @Sendable () -> Void

    init(_ count: Int, released: @escaping @Sendable () -> Void = {}) {
        self.count = count
        self.released = released
    }

    deinit { released() }

    /// How many were taken.
    var taken: Int { given.load(ordering: .relaxed) }

    func next() -> UInt8? {
        guard given.load(ordering: .relaxed) < count else { return nil }
        return UInt8(truncatingIfNeeded: given.add(1, ordering: .relaxed).newValue)
    }
}

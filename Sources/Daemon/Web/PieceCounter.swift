import Synchronization

/// Counts the pieces of an answer from 0.
final class PieceCounter: Sendable {
    private let count = Atomic<Int>(0)

    /// The next number.
    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}

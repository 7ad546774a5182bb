/// The last so many digests; the oldest leaves first.
struct DigestCache {
    private let capacity: Int
    private var order: [[UInt8]] = []
    private var next = 0
    private var members: Set<[UInt8]> = []

    init(capacity: Int) { self.capacity = capacity }

    func contains(_ digest: [UInt8]) -> Bool { members.contains(digest) }

    mutating func insert(_ digest: [UInt8]) {
        guard members.insert(digest).inserted else { return }
        if order.count < capacity {
            order.append(digest)
        } else {
            members.remove(order[next])
            order[next] = digest
            next = (next + 1) % capacity
        }
    }
}

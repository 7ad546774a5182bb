/// Finds a repeated key: by comparing while a mapping is small, as nearly all are, by hashing once it has grown.
struct KeyIndex {
    private static let smallMax = 12
    private var places: [String: Int] = [:]

    /// The place of the same key in `entries`, or nil and the key is remembered as the next one.
    mutating func insert(_ key: String, _ entries: [Entry]) -> Int? {
        if entries.count <= Self.smallMax { return entries.firstIndex { $0.key == key } }
        if places.isEmpty {
            for (place, entry) in entries.enumerated() { places[entry.key] = place }
        }
        if let place = places[key] { return place }
        places[key] = entries.count
        return nil
    }
}

/// Rows that share their project and interval are spread over that interval together.
struct PlanGroup: Sendable {
    struct Key: Hashable, Sendable {
        var project: Int
        var interval: Int64
    }

    let project: Int
    let interval: Int64
    /// All rows, and those that are new.
    var count = 0
    var newCount = 0
    /// The position of its first row in the whole plan, as a fraction: groups of a single row are spread as well.
    private let offset: Double
    private var placed = 0
    private var newPlaced = 0

    init(_ key: Key, offset: Double) {
        project = key.project
        interval = key.interval
        self.offset = offset
    }

    /// The next row's place in the interval, 0 ..< 1.
    mutating func nextPlace() -> Double {
        defer { placed += 1 }
        return (Double(placed) + offset) / Double(count)
    }

    /// The next new row's place in the time in which first polls are made, 0 ..< 1.
    mutating func nextFirstPlace() -> Double {
        defer { newPlaced += 1 }
        return (Double(newPlaced) + offset) / Double(newCount)
    }
}

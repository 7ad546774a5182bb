import Exposition

/// A region and a project in it: what the cloud throttles by, and what becomes unreachable as one.
struct ProjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
    let region: String
    let project: String

    var description: String { "\(region)/\(project)" }

    var labels: [Label] {
        [Label(name: "region_id", value: region), Label(name: "project_id", value: project)]
    }

    static func < (a: Self, b: Self) -> Bool { (a.region, a.project) < (b.region, b.project) }
}

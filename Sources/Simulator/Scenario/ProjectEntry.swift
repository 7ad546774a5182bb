/// A project. Those that appear only in URNs are added by themselves: the first of a region bears the region's name,
/// as the default project does, the others are named after the region and the beginning of their id.
struct ProjectEntry: Sendable, Equatable {
    let id: String
    let region: String
    let name: String
}

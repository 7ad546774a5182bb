/// A function with its versions and aliases.
struct BaseFunction: Sendable {
    let address: FunctionAddress
    let runtime: String
    /// Index into the catalogue's projects.
    let project: Int
    /// Indices of its versions in the catalogue's rows, in the order of the scenario.
    var rows: [Int] = []
    var aliases: [AliasEntry] = []
}

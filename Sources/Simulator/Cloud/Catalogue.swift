/// The functions, versions, aliases and projects of the cloud.
///
/// A version is looked up by its URN with one hash; all else is reached by index from there.
struct Catalogue: Sendable {
    private(set) var projects: [ProjectEntry]
    private(set) var rows: [FunctionRow] = []
    private(set) var bases: [BaseFunction] = []
    private var rowIndex: [String: Int] = [:]
    private var baseIndex: [String: Int] = [:]
    private var projectIndex: [String: Int] = [:]
    /// The functions of each project in the order of listing.
    private var projectBases: [[Int]]

    /// The first version's `last_modified`; each further one is an hour younger.
    private static let firstModifiedUnixSeconds = 1_704_067_200.0

    init(projects: [ProjectEntry]) {
        self.projects = projects
        projectBases = projects.map { _ in [] }
        for (index, project) in projects.enumerated() { projectIndex[project.id] = index }
    }

    /// Adds what an entry stands for. A version that is there already begins a new life.
    mutating func add(_ entry: FunctionEntry, nowNanoseconds: Int64) {
        for (urn, ahead) in entry.expanded {
            guard let address = FunctionAddress(urn) else { continue }
            let base = baseFunction(address, runtime: entry.runtime)
            for alias in entry.aliases {
                bases[base].aliases.removeAll { $0.name == alias.name }
                bases[base].aliases.append(alias)
            }
            let canonical = address.canonical
            let modified =
                entry.lastModified
                ?? CivilTime(unixSeconds: Self.firstModifiedUnixSeconds + Double(rows.count) * 3600).listed
            let row = FunctionRow(
                urn: canonical, base: base, life: entry.life, bornNanoseconds: nowNanoseconds - ahead,
                switchBody: entry.switchBody, lastModified: modified)
            if let existing = rowIndex[canonical] {
                rows[existing] = row
            } else {
                rowIndex[canonical] = rows.count
                bases[base].rows.append(rows.count)
                rows.append(row)
            }
        }
    }

    /// The version with exactly this URN of eight fields.
    func row(_ canonical: String) -> Int? { rowIndex[canonical] }

    /// The function with this URN of seven fields.
    func base(_ urn: String) -> Int? { baseIndex[urn] }

    /// The version that an address means, through its alias where it has one.
    func row(_ address: FunctionAddress) -> Int? {
        if let row = rowIndex[address.canonical] { return row }
        guard let alias = address.alias, let base = baseIndex[address.base],
            let entry = bases[base].aliases.first(where: { $0.name == alias })
        else { return nil }
        return rowIndex["\(address.base):\(entry.version)"]
    }

    func project(_ id: String) -> ProjectEntry? { projectIndex[id].map { projects[$0] } }
    func project(named name: String) -> ProjectEntry? { projects.first { $0.name == name } }

    /// The functions of a project in the order of listing.
    func functions(ofProject id: String) -> [Int] { projectIndex[id].map { projectBases[$0] } ?? [] }

    /// Sets a version's state for good.
    mutating func fix(_ row: Int, _ step: LifeStep) { rows[row].fixed = step }

    /// Notes that a version's state was answered.
    mutating func answered(_ row: Int, state: String) {
        rows[row].answeredState = state
        rows[row].answeredCount += 1
    }

    /// Forgets what was answered.
    mutating func resetAnswers() {
        for index in rows.indices {
            rows[index].answeredState = ""
            rows[index].answeredCount = 0
        }
    }

    /// Removes a version, with the aliases that name it; a function without versions goes with its last one.
    mutating func remove(_ row: Int) {
        let base = rows[row].base
        rowIndex[rows[row].urn] = nil
        bases[base].rows.removeAll { $0 == row }
        let version = FunctionAddress(rows[row].urn)?.qualifier
        bases[base].aliases.removeAll { $0.version == version }
        guard bases[base].rows.isEmpty else { return }
        baseIndex[bases[base].address.base] = nil
        projectBases[bases[base].project].removeAll { $0 == base }
    }

    private mutating func baseFunction(_ address: FunctionAddress, runtime: String) -> Int {
        let urn = address.base
        if let known = baseIndex[urn] { return known }
        let project = projectNumber(address)
        let index = bases.count
        bases.append(BaseFunction(address: address, runtime: runtime, project: project))
        baseIndex[urn] = index
        projectBases[project].append(index)
        return index
    }

    private mutating func projectNumber(_ address: FunctionAddress) -> Int {
        if let known = projectIndex[address.project] { return known }
        let isFirst = !projects.contains { $0.region == address.region }
        let name = isFirst ? address.region : "\(address.region)_\(address.project.prefix(8))"
        projectIndex[address.project] = projects.count
        projects.append(ProjectEntry(id: address.project, region: address.region, name: name))
        projectBases.append([])
        return projects.count - 1
    }
}

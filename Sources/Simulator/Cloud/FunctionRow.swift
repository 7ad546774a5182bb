/// One version of a function in the cloud.
struct FunctionRow: Sendable {
    /// All eight fields.
    let urn: String
    /// Index into the catalogue's functions.
    let base: Int
    let life: Life
    /// When its life began.
    let bornNanoseconds: Int64
    /// A state set by a control call, which holds from then on.
    var fixed: LifeStep?
    let switchBody: [UInt8]?
    let lastModified: String
    /// What the last answer to the state call said, and how many such answers there were.
    var answeredState = ""
    var answeredCount = 0

    func step(atNanoseconds now: Int64) -> LifeStep? {
        fixed ?? life.step(afterNanoseconds: now - bornNanoseconds)
    }
}

/// One entry of `functions`: a version of a function, or many that differ by a number.
struct FunctionEntry: Sendable {
    /// With `{n}` where the number goes.
    let urn: String
    let count: Int
    let runtime: String
    let life: Life
    /// How much further in its life each is than the one before it.
    let staggerNanoseconds: Int64
    /// The answer to `enableSnapshot`; nil: 404.
    let switchBody: [UInt8]?
    let aliases: [AliasEntry]
    /// As listed; nil: made up, later for each entry than for the one before.
    let lastModified: String?

    /// The URNs that it stands for, with the part of the life that each has behind it at the beginning.
    var expanded: some Sequence<(urn: String, aheadNanoseconds: Int64)> {
        (1...max(count, 1)).lazy.map { number in
            (FunctionEntry.fill(urn, number), staggerNanoseconds * Int64(number - 1))
        }
    }

    /// Puts a number in the place of `{n}`.
    static func fill(_ template: String, _ number: Int) -> String {
        guard let open = template.firstIndex(of: "{") else { return template }
        let rest = template[open...]
        guard rest.hasPrefix("{n}") else { return template }
        return template[..<open] + String(number) + rest.dropFirst(3)
    }
}

/// What is read of an alias in a listing.
public struct ListedAlias: Sendable, Equatable, Decodable {
    /// The versions it sends traffic to, without repetition.
    public let versions: [String]

    /// An alias.
    public init(versions: [String]) { self.versions = versions }

    /// Reads `version` and `additional_version_weights`, whose values are the percentage of the traffic that another
    /// version gets; the alias's own version gets the rest.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: AnyKey.self)
        guard let version = object.scalar("version").map({ Text.trim($0) }), !version.isEmpty else {
            throw DecodeFault(message: "the answer has no version")
        }
        let key = AnyKey("additional_version_weights")
        let weights = (try? object.decode([String: LooseScalar].self, forKey: key)) ?? [:]
        let others = weights.compactMapValues { $0.text.flatMap { Double(Text.trim($0)) } }.filter { $0.value > 0 }
        let rest = 100 - others.values.reduce(0, +)
        versions = (rest > 0 ? [version] : []) + others.keys.filter { $0 != version }.sorted()
    }
}

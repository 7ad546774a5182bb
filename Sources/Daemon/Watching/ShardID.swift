import FunctionGraph

/// Which share of the watch list is this process's own: `--shard I/N`.
public struct ShardID: Sendable, Hashable, CustomStringConvertible {
    /// 0-based.
    public let index: Int
    /// How many processes share the list.
    public let count: Int

    /// The whole list.
    public static let whole = ShardID(validIndex: 0, count: 1)

    private init(validIndex: Int, count: Int) {
        index = validIndex
        self.count = count
    }

    /// Reads `I/N`, where I may be `hostname`: the number after the last `-` of the host name, of its first label where
    /// it has a domain.
    ///
    /// - Throws: ``ShardFault`` with what was expected.
    public init(_ text: String, hostName: String) throws(ShardFault) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[1]), (1...10_000).contains(count) else {
            throw ShardFault(message: "'\(text)' is no shard: expected I/N with N from 1 to 10000, such as 0/3")
        }
        let index: Int
        if parts[0] == "hostname" {
            let label = hostName.prefix { $0 != "." }
            guard let dash = label.lastIndex(of: "-"), let number = Int(label[label.index(after: dash)...]) else {
                throw ShardFault(
                    message: "'\(text)' takes the shard from the host name, but '\(label)' ends in no -NUMBER")
            }
            index = number
        } else {
            guard let number = Int(parts[0]) else {
                throw ShardFault(message: "'\(text)' is no shard: expected a number or 'hostname' before the slash")
            }
            index = number
        }
        guard (0..<count).contains(index) else {
            throw ShardFault(message: "shard \(index) of \(count): expected 0 to \(count - 1)")
        }
        self.init(validIndex: index, count: count)
    }

    /// As on the command line: `0/3`.
    public var description: String { "\(index)/\(count)" }

    /// Why nothing may be watched, for people.
    var emptiness: String {
        count == 1 ? "the watch list holds no function" : "the watch list holds no function for shard \(self)"
    }

    /// Whether `urn` is this shard's.
    func owns(_ urn: FunctionURN) -> Bool {
        count == 1 || Rendezvous.shard(of: urn, count: count) == index
    }
}

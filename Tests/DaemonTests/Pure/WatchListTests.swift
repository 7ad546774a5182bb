import FunctionGraph
import Settings
import Testing

@testable import Daemon

struct WatchListTests {
    private let discovery = DiscoverySettings(account: "main", region: "cn-north-4", project: Samples.project)

    private func names(_ list: WatchList) -> [String] { list.functions.map(\.urn.name) }

    @Test func `listed functions come first as listed, then those found in URN order, each once`() throws {
        let configuration = Samples.configuration(try ["z", "b", "z"].map { try Samples.watched($0) })
        var second = discovery
        second.name = "*"
        second.labels = ["team": "late"]
        let list = WatchList(
            configuration,
            discovered: [
                (discovery, try ["y", "b", "c"].map { try Samples.urn($0) }),
                (second, try ["a", "c"].map { try Samples.urn($0) }),
            ], shard: .whole)
        #expect(names(list) == ["z", "b", "a", "c", "y"])
        #expect(list.functions.map(\.source) == [.list, .list, .discovery, .discovery, .discovery])
        // The first entry that finds a function decides about it.
        #expect(list.functions.map(\.labels) == [[:], [:], ["team": "late"], [:], [:]])
        #expect(list.ignored.isEmpty)
    }

    @Test(arguments: [(1, ["z"], 3), (2, ["z", "b"], 2), (3, ["z", "b", "c"], 1), (4, ["z", "b", "c", "d"], 0)])
    func `the limit leaves discovered functions out first, the last in URN order`(
        limit: Int, kept: [String], ignored: Int
    ) throws {
        let configuration = Samples.configuration(try ["z", "b"].map { try Samples.watched($0) }) {
            $0.limits.functions = limit
        }
        let found = try ["d", "c"].map { try Samples.urn($0) }
        let list = WatchList(configuration, discovered: [(discovery, found)], shard: .whole)
        #expect(names(list) == kept)
        #expect(list.ignored.count == ignored)
    }

    @Test func `the shards together watch everything, and nothing twice`() throws {
        let configuration = Samples.configuration(try (1...60).map { try Samples.watched("f\($0)") })
        let found = try (1...60).map { try Samples.urn("found\($0)") }
        let parts = try (0..<3).map { index in
            WatchList(
                configuration, discovered: [(discovery, found)], shard: try ShardID("\(index)/3", hostName: ""))
        }
        #expect(parts.allSatisfy { (20...60).contains($0.functions.count) })
        #expect(parts.map(\.functions.count).reduce(0, +) == 120)
        #expect(Set(parts.flatMap { $0.functions.map(\.urn) }).count == 120)
    }
}

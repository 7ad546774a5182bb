import FunctionGraph
import Testing

@Suite struct RendezvousTests {
    private static let urns: [FunctionURN] = (0..<20_000).compactMap {
        try? FunctionURN("urn:fss:cn-north-4:\(Sample.project):function:default:worker-\($0 / 7):v\($0 % 7)")
    }

    @Test(arguments: [1, 2, 3, 5, 8, 16])
    func `shards are balanced`(_ count: Int) {
        var sizes = Array(repeating: 0, count: count)
        for urn in Self.urns { sizes[Rendezvous.shard(of: urn, count: count)] += 1 }
        let mean = Double(Self.urns.count) / Double(count)
        // Four standard deviations of a fair draw.
        let bound = 4 * (mean * (1 - 1 / Double(count))).squareRoot()
        #expect(sizes.allSatisfy { abs(Double($0) - mean) <= bound }, "\(sizes)")
    }

    @Test(arguments: [1, 2, 3, 7])
    func `one more shard takes its share and nothing else moves`(_ count: Int) {
        var moved = 0
        for urn in Self.urns {
            let old = Rendezvous.shard(of: urn, count: count)
            let new = Rendezvous.shard(of: urn, count: count + 1)
            if old != new {
                moved += 1
                #expect(new == count)
            }
        }
        let share = Double(Self.urns.count) / Double(count + 1)
        #expect(abs(Double(moved) - share) < share / 10)
    }

    @Test func `the same function is in the same shard however it is listed`() throws {
        let short = try FunctionURN("urn:fss:r:p:function:default:f")
        let long = try FunctionURN("urn:fss:r:p:function:default:f:latest")
        for count in 1...20 {
            #expect(Rendezvous.shard(of: short, count: count) == Rendezvous.shard(of: long, count: count))
        }
    }

    @Test func `the division is a promise between releases`() throws {
        let shards = try ["a:v1", "b:v1", "c:v1", "d:v1", "e:v1", "f:v1", "g:v1", "h:v1"].map {
            Rendezvous.shard(of: try FunctionURN("urn:fss:r:p:function:default:\($0)"), count: 4)
        }
        #expect(shards == [3, 2, 1, 1, 2, 3, 2, 1])
    }

    @Test(arguments: [1, 0, -3])
    func `less than two shards are one`(_ count: Int) throws {
        #expect(Rendezvous.shard(of: try Sample.urn, count: count) == 0)
    }
}

import Testing

@testable import Daemon

struct ShardIDTests {
    @Test(arguments: [
        ("0/1", "", 0, 1), ("2/3", "", 2, 3), ("hostname/3", "exporter-2", 2, 3), ("hostname/10", "a-b-0", 0, 10),
        ("hostname/12", "exporter-011", 11, 12), ("9999/10000", "", 9_999, 10_000),
        ("hostname/3", "x-2.domain.local", 2, 3), ("hostname/3", "x-1.domain-2", 1, 3), ("hostname/3", "a-b-0.", 0, 3),
    ])
    func `a shard is I/N, or the number at the end of the host name`(text: String, host: String, index: Int, count: Int)
        throws
    {
        let shard = try ShardID(text, hostName: host)
        #expect(shard.index == index)
        #expect(shard.count == count)
        #expect(shard.description == "\(index)/\(count)")
    }

    @Test(arguments: [
        ("", ""), ("1", ""), ("1/", ""), ("/2", ""), ("1/0", ""), ("0/-1", ""), ("-1/2", ""), ("2/2", ""), ("a/2", ""),
        ("0/1/2", ""), ("0/10001", ""), ("1 / 2", ""), ("hostname/2", "exporter"), ("hostname/2", "exporter-"),
        ("hostname/2", "exporter-2"), ("hostname/2", ""), ("Hostname/2", "a-1"),
        ("hostname/2", "exporter.domain-1"), ("hostname/2", ".x-1"),
    ])
    func `anything else is a fault that says what was expected`(text: String, host: String) {
        let fault = #expect(throws: ShardFault.self) { try ShardID(text, hostName: host) }
        #expect(fault?.message.isEmpty == false)
        #expect(fault?.description == fault?.message)
    }

    @Test func `each function is one shard's own`() throws {
        let shards = try (0..<4).map { try ShardID("\($0)/4", hostName: "") }
        for number in 1...50 {
            let urn = try Samples.urn("f\(number)")
            #expect(shards.count { $0.owns(urn) } == 1)
            #expect(ShardID.whole.owns(urn))
        }
    }
}

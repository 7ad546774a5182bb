/// Which shard a function belongs to, by rendezvous hashing (highest random weight): each shard draws a number for
/// the URN and the highest wins, so a change of the number of shards moves only what the new one wins or the removed
/// one held.
public enum Rendezvous {
    /// The shard of `urn`, 0 to `count` - 1, by its canonical form. Stable across releases: shards of different
    /// versions must agree.
    public static func shard(of urn: FunctionURN, count: Int) -> Int {
        let key = fnv1a(urn.canonical.utf8)
        var best = (shard: 0, weight: UInt64(0))
        for shard in 0..<max(count, 1) {
            let weight = mixed(key ^ mixed(UInt64(shard) &+ 0x9E37_79B9_7F4A_7C15))
            if weight > best.weight { best = (shard, weight) }
        }
        return best.shard
    }

    /// FNV-1a, 64 bits.
    private static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// The finaliser of SplitMix64; without it FNV's high bits hardly depend on the last bytes.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

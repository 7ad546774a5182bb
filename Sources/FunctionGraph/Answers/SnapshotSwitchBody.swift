/// The answer to `…/snapshots/enableSnapshot`. The vendor shows no sample, so this is inferred: the value is looked
/// for under the names below, in this order, and a bare JSON scalar is taken as the value itself.
struct SnapshotSwitchBody: Decodable {
    /// Where the value may be. `enableSnapshot` is the action's own name, `state` the field of its sister call.
    private static let names = [
        "enableSnapshot", "enable_snapshot", "snapshot_enabled", "enabled", "enable", "state", "status", "result",
    ]

    /// Empty where nothing was found.
    let text: String

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: AnyKey.self) {
            text = Self.names.lazy.compactMap { object.scalar($0) }.first ?? ""
        } else {
            text = try LooseScalar(from: decoder).text ?? ""
        }
    }
}

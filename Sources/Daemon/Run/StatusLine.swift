/// The one line of `STATUS=`, which `systemctl status` shows.
enum StatusLine {
    /// - Parameters:
    ///   - summary: The numbers.
    ///   - reload: What the last reading came to.
    ///   - shard: Whose functions these are.
    static func text(_ summary: PollSummary, reload: ReloadState.Picture, shard: ShardID) -> String {
        var parts: [String] = []
        if !reload.isGood {
            var text = "reload refused: \(reload.faultCount) fault\(reload.faultCount == 1 ? "" : "s")"
            if reload.faults.isEmpty { text += " in watch files, their last good entries kept" }
            parts.append(text)
        }
        guard summary.watched > 0 else {
            parts.append("watching nothing: \(shard.emptiness)")
            return parts.joined(separator: "; ")
        }
        var numbers = "watching \(summary.watched) function\(summary.watched == 1 ? "" : "s")"
        numbers += ", \(summary.asExpected) as expected"
        if summary.unexpected > 0 { numbers += ", \(summary.unexpected) not as expected" }
        numbers += ", \(summary.failing) failing"
        parts.append(numbers)
        if let last = summary.lastPollUnixSeconds {
            parts.append("last poll \(UTCText.clock(last))")
        } else {
            parts.append("no poll yet")
        }
        return parts.joined(separator: "; ")
    }
}

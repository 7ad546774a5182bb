/// The text of a flag, and where it was given.
struct FlagText {
    /// What was given.
    let text: String
    /// `--shard`, or the variable in its place: for messages.
    let name: String

    /// A fault of this text: `--shard: expected …, found '…'`.
    func fault(_ expected: String) -> UsageFault {
        UsageFault(message: "\(name): expected \(expected), found '\(text)'")
    }
}

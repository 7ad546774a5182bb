/// The text of the `Date` field, made anew once a second.
struct DateText {
    private var second = Int.min
    private var text = ""

    mutating func text(unixSeconds: Double) -> String {
        let current = Int(unixSeconds.rounded(.down))
        if current != second {
            second = current
            text = CivilTime(unixSeconds: unixSeconds).httpDate
        }
        return text
    }
}

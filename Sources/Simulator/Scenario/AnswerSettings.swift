/// What holds for all answers but those to control calls.
struct AnswerSettings: Sendable, Equatable {
    var delay: Duration = .zero
    /// How far the cloud's clock is ahead (below zero: behind). Moves `Date`, the check of `X-Sdk-Date`, and expiry.
    var clockSkew: Duration = .zero
    /// Whether a list of functions carries `count`: the vendor's description has it, its sample has not.
    var listCount = true
}

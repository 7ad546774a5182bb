/// What keeps a function's polls back.
enum Blockage: Sendable, Equatable {
    /// Its project cannot be reached and is held.
    case hold
    /// Its account's credentials were refused.
    case pause
}

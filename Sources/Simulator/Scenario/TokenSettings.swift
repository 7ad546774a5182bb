/// How IAM gives tokens.
struct TokenSettings: Sendable, Equatable {
    /// The vendor's tokens live 24 hours.
    var lifetime: Duration = .seconds(86400)
    /// Failures in a row, within the window, after which a user is locked (the vendor's default: 5 in 15 minutes).
    var lockAfter = 5
    var lockFor: Duration = .seconds(900)
    /// Characters of a token. The vendor's are several thousand and grow with roles.
    var size = 1024
    /// The shape of the body that refuses a password: `keystone` or `iam`.
    var shape = ErrorShape.keystone
}

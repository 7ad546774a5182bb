import FunctionGraph

/// What came of looking after an account's credentials.
struct CredentialUpkeep: Sendable {
    /// Soonest end of what it holds; `nil` where nothing expires.
    let expiryUnixSeconds: Double?
    /// Why a renewal failed.
    let failure: CloudFailure?
}

/// An IAM user who may get tokens.
struct UserEntry: Sendable {
    let domain: String
    let user: String
    let password: String
    /// The projects in which the user may call; nil: all.
    let projects: Set<String>?
}

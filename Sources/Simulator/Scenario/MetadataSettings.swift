/// The metadata service of an ECS.
struct MetadataSettings: Sendable, Equatable {
    /// Whether the hardened form is offered and its token demanded.
    var hardened = true
    /// The temporary key; nil: the ECS has no agency, and the service says so.
    var accessKey: String?
    var secret = ""
    /// The vendor's keys live one hour and are replaced ten minutes before their end, both being valid in between.
    var lifetime: Duration = .seconds(3600)
    var projects: Set<String>?
}

/// How the secret key is used.
public enum SigningScheme: Sendable, Equatable {
    /// `SDK-HMAC-SHA256`: the secret key signs.
    case plain
    /// `V11-HMAC-SHA256`: a key derived for the day, a region and a service signs.
    case derived(region: String, service: String)

    /// The name in front of the string to sign and of the header.
    var algorithm: String {
        switch self {
        case .plain: "SDK-HMAC-SHA256"
        case .derived: "V11-HMAC-SHA256"
        }
    }
}

public import FunctionGraph

/// A proxy taken apart.
public struct ProxyAddress: Sendable, Equatable {
    /// Host name or address, an IPv6 address without brackets.
    public let host: String
    /// The port; 80 where the URL names none, as the scheme says.
    public let port: Int
    /// The user, if the URL names one.
    public let user: String?
    /// The password, if the URL names one.
    public let password: Secret?

    /// Takes `http://[user:password@]host[:port][/]` apart; nil if it is anything else. TLS to the proxy itself is not
    /// supported.
    public init?(url: String) {
        guard let parts = URLText(url, userAllowed: true), parts.scheme == "http", parts.path.isEmpty else {
            return nil
        }
        host = parts.host
        port = parts.port ?? 80
        user = parts.user
        password = parts.password.map { Secret($0) }
    }
}

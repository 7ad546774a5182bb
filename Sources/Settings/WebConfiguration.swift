public import YAML

/// The web configuration: exporter-toolkit's schema.
///
/// Source: https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
public struct WebConfiguration: Sendable, Equatable {
    /// TLS of the endpoint; nil: plain HTTP.
    public var tls: WebTLSSettings?
    /// Accepted and without effect: the endpoint speaks HTTP/1.1.
    public var http2: Bool = true
    /// Header fields that every answer gets.
    public var headers: [String: String] = [:]
    /// Users and their bcrypt hashes; empty: no password is asked for. A hash dearer than
    /// `WebConfigurationLoader.bcryptCostMax` must never be computed: use `verifiableUsers`.
    public var users: [String: String] = [:]
    /// Token bucket over all requests; nil: no limit.
    public var rateLimit: WebRateLimit?
    /// Where the values of `tls_server_config` stand, by key: what is wrong with a certificate is found by who reads it.
    public var marks: [String: Mark] = [:]
    /// What is accepted and has no effect, or is probably not meant.
    public var warnings: [Fault] = []

    /// `users` with each hash that is too dear to compute replaced by one that no password has: its user is asked for
    /// a password and refused.
    public var verifiableUsers: [String: String] {
        let nobody = "$2y$10$" + String(repeating: "k", count: 21) + "u" + String(repeating: ".", count: 31)
        return users.mapValues { hash in
            let cost = BcryptHash.cost(hash) ?? .max
            return cost > WebConfigurationLoader.bcryptCostMax ? nobody : hash
        }
    }

    /// An empty web configuration: plain HTTP for everyone.
    public init() {}
}

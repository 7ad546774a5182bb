/// How the endpoint is protected. Made whole or not at all, then swapped in by ``WebServer/replaceSecurity(_:)``.
public struct WebSecurity: Sendable {
    let tls: TLSServer?
    let headers: [(String, String)]
    let users: [String: String]
    let dummyHash: String
    let rate: RequestRate?

    /// Plain HTTP, no password, no limit.
    public static let none = WebSecurity(tls: nil, headers: [], users: [:], dummyHash: "", rate: nil)

    /// Whether connections are encrypted.
    public var isEncrypted: Bool { tls != nil }

    /// Reads certificates and checks everything. Blocks while it reads files.
    ///
    /// - Parameters:
    ///   - tls: nil for plain HTTP.
    ///   - headers: added to every answer that does not bring the field itself; one with an empty value is left out.
    ///   - users: user to bcrypt hash, of a cost from 4 to 14.
    ///   - rateLimit: nil for none.
    public static func make(
        tls: WebTLSInputs?, headers: [String: String] = [:], users: [String: String] = [:],
        rateLimit: RequestRate? = nil
    ) throws(WebSecurityFault) -> WebSecurity {
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter), ConnectionHandler.isSound(value) else {
                throw WebSecurityFault("headers", "'\(name.prefix(64))' cannot be sent as a header field")
            }
        }
        var highestCost = Bcrypt.costs.lowerBound
        for (user, hash) in users.sorted(by: { $0.key < $1.key }) {
            guard let cost = Bcrypt.cost(of: hash) else {
                throw WebSecurityFault("basic_auth_users", "the password of '\(user)' is no bcrypt hash")
            }
            guard Bcrypt.costs.contains(cost) else {
                throw WebSecurityFault(
                    "basic_auth_users", "the hash of '\(user)' has cost \(cost), expected 4 to 14")
            }
            highestCost = max(highestCost, cost)
        }
        if let rateLimit {
            guard rateLimit.burst >= 0, rateLimit.interval >= .zero else {
                throw WebSecurityFault("rate_limit", "expected an interval and a burst of 0 or more")
            }
        }
        return WebSecurity(
            tls: try tls.map(TLSServer.init), headers: headers.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key },
            users: users, dummyHash: dummyHash(cost: highestCost),
            rate: rateLimit.flatMap { $0.interval > .zero ? $0 : nil })
    }

    /// What is wrong with each of the certificates and keys by itself; empty where ``make(tls:headers:users:rateLimit:)``
    /// can read them all. Blocks while it reads files.
    public static func faults(of tls: WebTLSInputs) -> [WebSecurityFault] { TLSServer.faults(of: tls) }

    /// A hash that no password has, as dear to check as the dearest real one.
    private static func dummyHash(cost: Int) -> String {
        let salt = String(repeating: "k", count: 21) + "u"
        return "$2y$\(cost < 10 ? "0" : "")\(cost)$" + salt + String(repeating: ".", count: 31)
    }
}

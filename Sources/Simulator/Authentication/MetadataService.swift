/// The temporary keys that an ECS gets from its metadata service, and the tokens of the hardened form.
struct MetadataService: Sendable {
    /// One key of the series; each replaces the one before it a while before that one ends.
    struct Generation: Sendable {
        let id: String
        let secret: String
        let securityToken: String
        let expiresUnixSeconds: Double
        let key: KnownKey
    }

    let settings: MetadataSettings
    /// The newest last; an ended one is dropped when the next is made.
    private var generations: [Generation] = []
    private var made = 0
    private var tokens: [String: Double] = [:]

    private static let tokensMax = 10000

    init(settings: MetadataSettings) {
        self.settings = settings
    }

    /// The key in force; nil: there is no agency. The first bears the name in the scenario, the further ones a number
    /// after it.
    mutating func current(_ time: CloudTime, random: inout SplitMix) -> Generation? {
        guard let accessKey = settings.accessKey else { return nil }
        let lifetime = settings.lifetime.inSeconds
        // Ten minutes before the end, for keys of an hour.
        let overlap = min(600, lifetime / 6)
        if let last = generations.last, time.unixSeconds < last.expiresUnixSeconds - overlap { return last }
        made += 1
        let suffix = made == 1 ? "" : "-\(made)"
        var token = "gQpjbi1ub3J0aC00"
        for _ in 0..<16 { token += Hex.lower(random.next()) }
        let secret = settings.secret + suffix
        let next = Generation(
            id: accessKey + suffix, secret: secret, securityToken: token,
            expiresUnixSeconds: time.unixSeconds + lifetime,
            key: KnownKey(
                signing: SigningKey(accessKey: accessKey + suffix, secret: secret), securityToken: token,
                projects: settings.projects))
        generations.removeAll { $0.expiresUnixSeconds <= time.unixSeconds }
        generations.append(next)
        return next
    }

    /// A temporary key that was given out and has not ended.
    func key(_ id: String, _ time: CloudTime) -> KnownKey? {
        generations.first { $0.id == id && time.unixSeconds < $0.expiresUnixSeconds }?.key
    }

    /// A token for the hardened form.
    mutating func newToken(_ time: CloudTime, secondsToLive: Int, random: inout SplitMix) -> String {
        if tokens.count >= Self.tokensMax { tokens.removeAll() }
        var token = ""
        for _ in 0..<4 { token += Hex.lower(random.next()) }
        tokens[token] = time.unixSeconds + Double(secondsToLive)
        return token
    }

    func isValid(token: String, _ time: CloudTime) -> Bool {
        tokens[token].map { time.unixSeconds < $0 } ?? false
    }
}

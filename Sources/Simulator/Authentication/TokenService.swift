import FoundationEssentials
import NIOHTTP1

/// The part of IAM that gives tokens, and checks them.
struct TokenService: Sendable {
    struct Token: Sendable {
        let expiresUnixSeconds: Double
        /// Nil: a token of the whole account.
        let project: String?
        let projects: Set<String>?
    }

    let settings: TokenSettings
    private let users: [UserEntry]
    private var locks: FailureLocks
    private var tokens: [String: Token] = [:]
    /// Token calls refused for a wrong password or a locked user.
    var wrongPasswords = 0

    /// Tokens kept at most; expired ones go first.
    private static let tokensMax = 10000

    init(settings: TokenSettings, users: [UserEntry]) {
        self.settings = settings
        self.users = users
        locks = FailureLocks(
            after: settings.lockAfter, forNanoseconds: settings.lockFor.wholeNanoseconds,
            windowNanoseconds: Duration.seconds(900).wholeNanoseconds)
    }

    /// Notes in a call for a token which project and region it is about, so that faults can tell.
    func locate(_ request: ReceivedRequest, _ call: inout CloudCall, _ catalogue: Catalogue) {
        guard let body = try? JSONDecoder().decode(TokenRequest.self, from: Data(request.body)),
            let scope = body.auth.scope?.project
        else { return }
        let project = scope.id.flatMap { catalogue.project($0) } ?? scope.name.flatMap { catalogue.project(named: $0) }
        call.project = project?.id ?? scope.id ?? ""
        call.region = project?.region ?? scope.name ?? ""
    }

    /// `POST /v3/auth/tokens` with name and password.
    mutating func create(
        _ request: ReceivedRequest, _ catalogue: Catalogue, _ time: CloudTime, requestID: String,
        random: inout SplitMix
    ) -> Answer {
        guard let body = try? JSONDecoder().decode(TokenRequest.self, from: Data(request.body)),
            body.auth.identity.methods == ["password"], let login = body.auth.identity.password?.user
        else { return refuse(400, "0011", "Request body is invalid.", requestID) }
        let locked = "\(login.domain?.name ?? "")/\(login.name)"
        let now = time.monotonicNanoseconds
        if locks.isLocked(locked, nowNanoseconds: now) {
            wrongPasswords += 1
            return refuse(401, "0061", "The account is locked.", requestID)
        }
        let user = users.first {
            $0.domain == login.domain?.name && $0.user == login.name && $0.password == login.password
        }
        guard let user else {
            wrongPasswords += 1
            locks.failed(locked, nowNanoseconds: now)
            return refuse(401, "0062", "The username or password is wrong.", requestID)
        }
        locks.succeeded(locked)

        var project: ProjectEntry?
        if let scope = body.auth.scope?.project {
            // Both a project and a domain: the project wins.
            project = scope.id.flatMap { catalogue.project($0) } ?? scope.name.flatMap { catalogue.project(named: $0) }
            guard let project else {
                return refuse(404, "0004", "Could not find project: \(scope.id ?? scope.name ?? "").", requestID)
            }
            if let projects = user.projects, !projects.contains(project.id) {
                return refuse(403, "0003", "Policy doesn't allow the user to access the project.", requestID)
            }
        }
        return issue(user, project, request, time, requestID: requestID, random: &random)
    }

    /// Whether a token allows a call; nil: it does.
    func check(_ text: String, _ call: CloudCall, _ catalogue: Catalogue, _ time: CloudTime) -> CloudError? {
        guard let token = tokens[text] else { return .authentication("decrypt token fail") }
        guard time.unixSeconds < token.expiresUnixSeconds else {
            let end = CivilTime.isoText(unixSeconds: token.expiresUnixSeconds)
            return .authentication("token expires, expires_at \(end)")
        }
        if call.operation == .listProjects { return nil }
        guard let project = token.project else { return .tokenMustBeUpdated }
        guard project != call.project else { return nil }
        // A token of another region is told to be of an old kind, one of another project that it may not.
        let region = catalogue.project(project)?.region
        return region == call.region ? .notAllowed : .tokenMustBeUpdated
    }

    /// The projects that a token's user or, for a token of one project, that project may see; nil: all.
    func visibleProjects(_ text: String) -> Set<String>? { tokens[text]?.projects }

    private mutating func issue(
        _ user: UserEntry, _ project: ProjectEntry?, _ request: ReceivedRequest, _ time: CloudTime,
        requestID: String, random: inout SplitMix
    ) -> Answer {
        if tokens.count >= Self.tokensMax {
            tokens = tokens.filter { $0.value.expiresUnixSeconds > time.unixSeconds }
            if tokens.count >= Self.tokensMax { tokens.removeAll() }
        }
        let expires = time.unixSeconds + settings.lifetime.inSeconds
        // The vendor's tokens begin so, as PKI tokens do.
        var text = "MII"
        while text.utf8.count < settings.size { text += Hex.lower(random.next()) }
        text = String(text.prefix(settings.size))
        tokens[text] = Token(expiresUnixSeconds: expires, project: project?.id, projects: user.projects)

        let hasCatalogue = request.parameter("nocatalog") == nil
        var answer = Answer(
            201,
            TokenRequest.answer(
                user: user, project: project, issuedUnixSeconds: time.unixSeconds, expiresUnixSeconds: expires,
                hasCatalogue: hasCatalogue))
        answer.headers.append(("X-Subject-Token", text))
        return answer
    }

    private func refuse(_ status: Int, _ number: String, _ message: String, _ requestID: String) -> Answer {
        // Only a wrong password is told in Keystone's way; the other refusals bear a code.
        let shape = number == "0062" ? settings.shape : .fss
        let error = CloudError(status: status, code: "IAM.\(number)", message: message, shape: shape)
        return Answer(error, requestID: requestID)
    }
}

/// Everything the simulated cloud knows, and how it answers.
///
/// Knows nothing of sockets, and is told the time: a request and a moment go in, an answer comes out. Its extensions
/// hold one part of the cloud each.
struct CloudState: Sendable {
    var catalogue: Catalogue
    var accessKeys: [String: KnownKey]
    var keyLocks: FailureLocks
    var faults: FaultBook
    var tokens: TokenService
    var metadata: MetadataService?
    var counter = RequestCounter()
    var random: SplitMix
    let limits: LimitSettings
    let answers: AnswerSettings
    private var buckets: [String: TokenBucket] = [:]

    /// A cloud whose functions begin their lives now.
    init(_ scenario: Scenario, nowNanoseconds: Int64) {
        var catalogue = Catalogue(projects: scenario.projects)
        for entry in scenario.functions { catalogue.add(entry, nowNanoseconds: nowNanoseconds) }
        self.catalogue = catalogue
        accessKeys = KnownKey.index(scenario.accessKeys)
        keyLocks = FailureLocks(
            after: scenario.limits.keyLockAfter, forNanoseconds: scenario.limits.keyLockFor.wholeNanoseconds)
        faults = FaultBook(scenario.faults, sinceNanoseconds: nowNanoseconds)
        tokens = TokenService(settings: scenario.tokens, users: scenario.users)
        metadata = scenario.metadata.map { MetadataService(settings: $0) }
        random = SplitMix(seed: scenario.seed)
        limits = scenario.limits
        answers = scenario.answers
    }

    /// The answer to a request, counted.
    mutating func answer(_ request: ReceivedRequest, _ call: CloudCall, _ time: CloudTime) -> Answer {
        let requestID = newRequestID()
        var call = call
        if call.operation == .createToken { tokens.locate(request, &call, catalogue) }
        let rule = faults.strike(call, nowNanoseconds: time.monotonicNanoseconds, random: &random)
        var answer: Answer
        switch call.operation {
        case .createToken:
            answer = tokens.create(request, catalogue, time, requestID: requestID, random: &random)
        case .metadata:
            answer = metadataAnswer(request, time, requestID: requestID)
        case .listProjects:
            answer = projects(request, call, time, requestID: requestID)
        case .other:
            answer = Answer(call.refusal ?? .noSuchAPI, requestID: requestID)
        case .snapshotState, .snapshotSwitch, .listFunctions, .listVersions, .listAliases:
            answer = gateway(request, call, time, isReplaced: rule?.replacesAnswer ?? false, requestID: requestID)
        }
        if let rule { answer.suffer(rule, call, requestID: requestID, random: &random) }
        answer.requestID = requestID
        answer.delay += answers.delay
        // Told only where the whole answer goes out.
        if let state = answer.state, let row = call.row, answer.cut == nil { catalogue.answered(row, state: state) }
        counter.count(call, status: answer.cut == nil && !answer.isWireGarbage ? answer.status : 0)
        return answer
    }

    /// The way through the gateway: credentials, projects, throttling, then the service.
    private mutating func gateway(
        _ request: ReceivedRequest, _ call: CloudCall, _ time: CloudTime, isReplaced: Bool, requestID: String
    ) -> Answer {
        if let refusal = authenticate(request, call, time) {
            var answer = Answer(refusal, requestID: requestID)
            answer.isAuthenticationFailure = true
            return answer
        }
        if isThrottled(call.project, nowNanoseconds: time.monotonicNanoseconds) {
            return throttled(requestID: requestID)
        }
        if let refusal = call.refusal { return Answer(refusal, requestID: requestID) }
        // What a fault replaces is not an answer about the function.
        if isReplaced { return Answer(200, []) }
        return serve(request, call, time, requestID: requestID)
    }

    private mutating func isThrottled(_ project: String, nowNanoseconds: Int64) -> Bool {
        let rate = limits.requestsPerSecond
        guard rate > 0 else { return false }
        let full = TokenBucket(ratePerSecond: rate, nowNanoseconds: nowNanoseconds)
        return !buckets[project, default: full].take(ratePerSecond: rate, nowNanoseconds: nowNanoseconds)
    }

    private func throttled(requestID: String) -> Answer {
        let limit = limits.requestsPerSecond
        let number = Int(exactly: limit).map { String($0) } ?? String(limit)
        let message =
            "The throttling threshold has been reached: policy api over ratelimit,limit:\(number),time:1 second"
        var answer = Answer(.gateway(429, "0308", message), requestID: requestID)
        if limits.retryAfter > .zero {
            answer.headers.append(("Retry-After", String(Int(limits.retryAfter.inSeconds.rounded(.up)))))
        }
        return answer
    }

    private mutating func newRequestID() -> String {
        Hex.lower(random.next()) + Hex.lower(random.next())
    }
}

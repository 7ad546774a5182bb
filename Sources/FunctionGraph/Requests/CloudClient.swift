import HTTPTypes

/// The calls of the cloud, each exactly one HTTP exchange: no retry, no redirect, no waiting.
public struct CloudClient: Sendable {
    let transport: any Transport
    let endpoints: any CloudEndpoints
    let now: @Sendable () -> Double
    let monotonicNow: @Sendable () -> Duration
    let observer: @Sendable (APICall) -> Void
    let userAgent: String
    /// What must not be shown, whoever echoes it.
    public let knownSecrets: KnownSecrets
    let signer: Signer

    /// A client.
    /// - Parameters:
    ///   - now: wall-clock seconds since 1970; dates signatures and measures the skew.
    ///   - monotonicNow: time since any fixed moment; measures how long an exchange took.
    ///   - observer: called once after each exchange, on the task that made it; must not block.
    ///   - userAgent: the `User-Agent` header.
    ///   - knownSecrets: what must not be shown; what is sent and issued is added.
    ///   - signer: for clouds that expect the derived scheme.
    public init(
        transport: any Transport, endpoints: any CloudEndpoints, now: @escaping @Sendable () -> Double,
        monotonicNow: @escaping @Sendable () -> Duration = CloudClient.systemMonotonicNow,
        observer: @escaping @Sendable (APICall) -> Void, userAgent: String = "functiongraph-exporter",
        knownSecrets: KnownSecrets = KnownSecrets(), signer: Signer = Signer()
    ) {
        self.transport = transport
        self.endpoints = endpoints
        self.now = now
        self.monotonicNow = monotonicNow
        self.observer = observer
        self.userAgent = userAgent
        self.knownSecrets = knownSecrets
        self.signer = signer
    }

    /// The system's monotonic clock since the first call.
    public static let systemMonotonicNow: @Sendable () -> Duration = {
        let start = SuspendingClock.now
        return { start.duration(to: SuspendingClock.now) }
    }()

    /// The state of a version's snapshot; region and project are the URN's.
    public func snapshotState(_ urn: FunctionURN, credential: Credential, timeout: Duration)
        async throws(CloudFailure) -> SnapshotAnswer
    {
        let request = functionRequest(.snapshotState, urn, urn.listed, "/snapshots/state", timeout: timeout)
        return try await exchange(request, credential: credential) { response throws(DecodeFault) in
            let body = try JSONBody.decode(SnapshotStateBody.self, from: response.body)
            // Nothing of a known answer can hold a secret; texts that are shown as they came could, as an echo.
            let isKnown = SnapshotState(answer: body.state) != .unknown
            return SnapshotAnswer(
                rawState: isKnown ? body.state : knownSecrets.redact(body.state),
                code: body.code.map(knownSecrets.redact),
                requestID: response.headers[.requestID])
        }
    }

    /// Whether snapshots are switched on for a version; the vendor documents no form of the answer.
    public func snapshotSwitch(_ urn: FunctionURN, credential: Credential, timeout: Duration)
        async throws(CloudFailure) -> SwitchAnswer
    {
        let request = functionRequest(
            .snapshotSwitch, urn, urn.listed, "/snapshots/enableSnapshot", timeout: timeout)
        return try await exchange(request, credential: credential) { response throws(DecodeFault) in
            let body = try JSONBody.decode(SnapshotSwitchBody.self, from: response.body)
            let answer = SwitchAnswer(rawText: body.text, requestID: response.headers[.requestID])
            guard answer.value == nil else { return answer }
            return SwitchAnswer(rawText: knownSecrets.redact(body.text), requestID: answer.requestID)
        }
    }

    /// One page of a project's functions, from `marker` on (0: the first).
    public func listFunctions(
        region: String, project: String, marker: Int, maximumItems: Int = 100, credential: Credential,
        timeout: Duration
    ) async throws(CloudFailure) -> ListingPage<ListedFunction> {
        var request = projectRequest(.listFunctions, region, project, "", timeout: timeout)
        request.query = Self.paging(marker, maximumItems)
        return try await exchange(request, credential: credential) { response throws(DecodeFault) in
            try JSONBody.decode(FunctionsBody.self, from: response.body).page
        }
    }

    /// One page of a function's versions, `latest` included, from `marker` on (0: the first).
    public func listVersions(
        of urn: FunctionURN, marker: Int, maximumItems: Int = 100, credential: Credential, timeout: Duration
    ) async throws(CloudFailure) -> ListingPage<ListedVersion> {
        var request = functionRequest(.listVersions, urn, urn.function, "/versions", timeout: timeout)
        request.query = Self.paging(marker, maximumItems)
        return try await exchange(request, credential: credential) { response throws(DecodeFault) in
            try JSONBody.decode(VersionsBody.self, from: response.body).page
        }
    }

    /// All aliases of a function; the call knows no pages.
    public func listAliases(of urn: FunctionURN, credential: Credential, timeout: Duration)
        async throws(CloudFailure) -> [ListedAlias]
    {
        let request = functionRequest(.listAliases, urn, urn.function, "/aliases", timeout: timeout)
        return try await exchange(request, credential: credential) { response throws(DecodeFault) in
            try JSONBody.decode(Lossy<ListedAlias>.self, from: response.body).elements
        }
    }

    private static func paging(_ marker: Int, _ maximumItems: Int) -> [(String, String)] {
        [("marker", String(marker)), ("maxitems", String(maximumItems))]
    }

    private func functionRequest(
        _ operation: Operation, _ urn: FunctionURN, _ segment: String, _ suffix: String, timeout: Duration
    ) -> CloudRequest {
        let path = "/" + PercentEncoding.encode(segment) + suffix
        return projectRequest(operation, urn.region, urn.project, path, timeout: timeout)
    }

    private func projectRequest(
        _ operation: Operation, _ region: String, _ project: String, _ suffix: String, timeout: Duration
    ) -> CloudRequest {
        let path = "/v2/" + PercentEncoding.encode(project) + "/fgs/functions" + suffix
        return CloudRequest(
            baseURL: endpoints.functionGraph(region: region), encodedPath: path,
            headers: [.contentType: "application/json", .accept: "application/json"], timeout: timeout,
            operation: operation, region: region, project: project)
    }
}

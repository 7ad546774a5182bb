/// Lists what is to be watched in one project: all pages, filtered, and of each function the versions wanted.
///
/// One request is under way at a time, each behind the gate. A request is tried again where that can help; any other
/// failure ends the listing, so that a listing is either whole or none.
public struct DiscoveryLister: Sendable {
    /// Pages of a listing at most, against a cloud whose markers never end.
    static let maximumPages = 1000
    /// How many items a page is asked for. The vendor allows 400, but an answer is read up to 1 MiB, and each
    /// function comes with its environment twice (up to 4 KB each).
    static let pageSize = 100
    /// Down to this the size is cut when a page is too large to be read.
    static let smallestPageSize = 6

    private let client: CloudClient
    private let maximumAttempts: Int

    /// - Parameter maximumAttempts: tries of one request, at least 1.
    public init(client: CloudClient, maximumAttempts: Int = 3) {
        self.client = client
        self.maximumAttempts = max(1, maximumAttempts)
    }

    /// The URNs found, sorted, each once.
    /// - Parameters:
    ///   - timeout: of each request.
    ///   - progress: told of the versions wanted of one function as soon as they are known; a large project takes many
    ///     minutes. A listing that fails later has told of them all the same.
    public func list(
        region: String, project: String, selection: DiscoverySelection, timeout: Duration, gate: any ListingGate,
        progress: @Sendable ([FunctionURN]) -> Void = { _ in }
    ) async throws(CloudFailure) -> [FunctionURN] {
        let functions = try await allPages { marker, size async throws(CloudFailure) in
            try await request(gate) { credential async throws(CloudFailure) in
                try await client.listFunctions(
                    region: region, project: project, marker: marker, maximumItems: size, credential: credential,
                    timeout: timeout)
            }
        }
        let wanted = functions.filter {
            // What the cloud lists of another project could not be asked for with this one's credential.
            $0.urn.region == region && $0.urn.project == project && selection.includes($0)
        }
        var found: Set<FunctionURN> = []
        for text in Set(wanted.map(\.urn.function)).sorted() {
            guard let function = try? FunctionURN(text) else { continue }
            let urns = try await versions(of: function, selection.versions, timeout, gate).compactMap { version in
                (try? function.with(version: version)).flatMap { $0.isAlias ? nil : $0 }
            }
            found.formUnion(urns)
            if !urns.isEmpty { progress(urns) }
        }
        return found.sorted()
    }

    /// The versions wanted of one function; none if it has gone since it was listed.
    private func versions(
        of function: FunctionURN, _ selection: DiscoverySelection.Versions, _ timeout: Duration,
        _ gate: any ListingGate
    ) async throws(CloudFailure) -> [String] {
        do {
            guard selection != .aliases else {
                let aliases = try await request(gate) { credential async throws(CloudFailure) in
                    try await client.listAliases(of: function, credential: credential, timeout: timeout)
                }
                return aliases.flatMap(\.versions).filter { $0 != "latest" }
            }
            let versions = try await allPages { marker, size async throws(CloudFailure) in
                try await request(gate) { credential async throws(CloudFailure) in
                    try await client.listVersions(
                        of: function, marker: marker, maximumItems: size, credential: credential, timeout: timeout)
                }
            }
            let published = versions.filter { $0.version != "latest" }
            guard selection == .latestPublished else { return published.map(\.version) }
            return VersionOrder.newest(of: published).map { [$0.version] } ?? []
        } catch {
            guard error.reason == .notFound else { throw error }
            return []
        }
    }

    /// All elements of a paged listing. It ends with an empty page, without a next marker or with one that is not
    /// above the last, and, where the cloud says how many there are, when the marker has reached that; where it does
    /// not, with the first page that is not full.
    private func allPages<Element: Sendable>(
        _ page: (_ marker: Int, _ size: Int) async throws(CloudFailure) -> ListingPage<Element>
    ) async throws(CloudFailure) -> [Element] {
        var elements: [Element] = []
        var marker = 0
        var size = Self.pageSize
        for _ in 0..<Self.maximumPages {
            let current: ListingPage<Element>
            do {
                current = try await page(marker, size)
            } catch {
                guard error.isTooLarge, size > Self.smallestPageSize else { throw error }
                size /= 2
                continue
            }
            elements += current.elements
            guard let next = current.nextMarker, next > marker, current.size > 0 else { break }
            if let count = current.count { if next >= count { break } } else if current.size < size { break }
            marker = next
        }
        return elements
    }

    private func request<Answer: Sendable>(
        _ gate: any ListingGate, _ send: (Credential) async throws(CloudFailure) -> Answer
    ) async throws(CloudFailure) -> Answer {
        var attempt = 1
        while true {
            let credential = try await gate.begin()
            do {
                let answer = try await send(credential)
                await gate.end(credential, nil)
                return answer
            } catch {
                await gate.end(credential, error)
                guard Self.canHelp(error.reason, attempt), attempt < maximumAttempts else { throw error }
                attempt += 1
            }
        }
    }

    /// A second `unauthorized` is not asked for a third time: the vendor locks keys.
    private static func canHelp(_ reason: FailureReason, _ attempt: Int) -> Bool {
        switch reason {
        case .dns, .connect, .tls, .timeout, .throttled, .serverError: true
        case .unauthorized: attempt == 1
        case .forbidden, .notFound, .clientError, .decode, .cancelled: false
        }
    }
}

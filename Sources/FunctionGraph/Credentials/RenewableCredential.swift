import Synchronization

/// One credential that ends and can be fetched anew: served from here while it is usable, fetched once however many
/// wait, renewed early while the old one is still served.
final class RenewableCredential: Sendable {
    typealias Fetch = @Sendable (Duration) async throws(CloudFailure) -> IssuedCredential

    private struct State {
        var issued: IssuedCredential?
        /// `infinity`: not before it has ended.
        var renewalUnixSeconds = 0.0
        /// Asked for since it was fetched; what nobody uses is not renewed.
        var wasUsed = false
        /// The last fetch for want of a credential brought none, though its source answered.
        var refusal: Refusal?
        /// Goes up with `reset`, so that what was fetched with an old password is not kept.
        var generation = 0
    }

    /// A source that answers without giving a credential is not asked by each poll again.
    private struct Refusal {
        var failure: CloudFailure
        var untilUnixSeconds: Double
        var count: Int
    }

    /// Between two fetches that brought nothing: from 1 s on, doubling; never so long that a trial each 30 s would miss.
    private static let longestPauseSeconds = 20.0
    /// After a renewal that failed or brought nothing newer.
    static let renewalRetrySeconds = 30.0

    private let state = Mutex(State())
    private let flight: SingleFlight<Credential>
    private let now: @Sendable () -> Double
    private let jitter: @Sendable () -> Double
    private let fetch: Fetch

    /// - Parameters:
    ///   - now: wall-clock seconds since 1970.
    ///   - jitter: a random number from 0 to 1.
    ///   - fetch: one fetch within the given time; never called twice at once.
    init(
        _ operation: Operation, now: @escaping @Sendable () -> Double, jitter: @escaping @Sendable () -> Double,
        fetch: @escaping Fetch
    ) {
        flight = SingleFlight(operation)
        self.now = now
        self.jitter = jitter
        self.fetch = fetch
    }

    /// How many callers wait for another's fetch.
    var waiterCount: Int { flight.waiterCount }

    /// What is usable now, fetched if need be.
    func current(timeout: Duration) async throws(CloudFailure) -> Credential {
        state.withLock { $0.wasUsed = true }
        if let credential = usable() { return credential }
        return try await flight.run { () async throws(CloudFailure) in
            // The flight before this one may have brought it.
            if let credential = usable() { return credential }
            if let failure = pausing() { throw failure }
            do throws(CloudFailure) {
                return try await fetchAndKeep(timeout, isRenewal: false)
            } catch {
                throw pause(after: error)
            }
        }
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    /// The failure that polls get without a fetch, with the time that is left.
    private func pausing() -> CloudFailure? {
        let now = now()
        return state.withLock { state in
            guard let refusal = state.refusal else { return nil }
            let left = refusal.untilUnixSeconds - now
            // A clock that was set back must not make it longer.
            guard left > 0, left <= max(Self.longestPauseSeconds, refusal.failure.retryAfter.map(Self.seconds) ?? 0) + 1
            else { return nil }
            return refusal.failure.retrying(after: .milliseconds(Int64(left * 1000) + 1))
        }
    }

    /// Takes note of a fetch that brought nothing. Failures of the network are the schedule's to hold, refusals its to
    /// pause; what is left are answers that give no credential: too many requests, faults of the source, garbage.
    private func pause(after failure: CloudFailure) -> CloudFailure {
        switch failure.reason {
        case .dns, .connect, .tls, .timeout, .cancelled, .unauthorized: return failure
        case .forbidden, .notFound, .throttled, .clientError, .serverError, .decode: break
        }
        guard !failure.pausesAccount else { return failure }
        let now = now()
        let share = 0.75 + 0.25 * jitter()
        return state.withLock { state in
            let count = min((state.refusal?.count ?? 0) + 1, 10)
            let own = min(Self.longestPauseSeconds, Double(1 << (count - 1))) * share
            let wait = max(own, failure.retryAfter.map(Self.seconds) ?? 0)
            state.refusal = Refusal(failure: failure, untilUnixSeconds: now + wait, count: count)
            return failure.retrying(after: .milliseconds(Int64(wait * 1000)))
        }
    }

    /// Renews what is due and was used; a failure leaves the old one in use and puts the next try off.
    func renewIfDue(timeout: Duration) async throws(CloudFailure) {
        guard isDue() else { return }
        _ = try await flight.run { () async throws(CloudFailure) in
            if !isDue(), let credential = usable() { return credential }
            do throws(CloudFailure) {
                return try await fetchAndKeep(timeout, isRenewal: true)
            } catch {
                postponeRenewal(after: error)
                throw error
            }
        }
    }

    /// Forgets `credential` if it is the one in use.
    func invalidate(_ credential: Credential) {
        state.withLock { state in
            if state.issued?.credential == credential { state.issued = nil }
        }
    }

    /// Forgets everything: what it is fetched with has changed.
    func reset() {
        state.withLock { state in
            state.issued = nil
            state.refusal = nil
            state.generation += 1
        }
    }

    /// The end of what is in use.
    var expiryUnixSeconds: Double? { state.withLock { $0.issued?.expiryUnixSeconds } }

    /// Whether it has ended, or never was, and nobody has asked since it was fetched.
    var isAbandoned: Bool {
        let now = now()
        return state.withLock { !$0.wasUsed && !($0.issued?.isUsable(at: now) ?? false) }
    }

    private func usable() -> Credential? {
        let now = now()
        return state.withLock { $0.issued.flatMap { $0.isUsable(at: now) ? $0.credential : nil } }
    }

    private func isDue() -> Bool {
        let now = now()
        return state.withLock { $0.wasUsed && $0.issued != nil && now >= $0.renewalUnixSeconds }
    }

    private func fetchAndKeep(_ timeout: Duration, isRenewal: Bool) async throws(CloudFailure) -> Credential {
        while true {
            let generation = state.withLock { $0.generation }
            do {
                let issued = try await fetch(timeout)
                if keep(issued, generation, isRenewal) { return issued.credential }
            } catch {
                let isOutdated = state.withLock { $0.generation != generation }
                guard isOutdated, error.reason != .cancelled else { throw error }
            }
        }
    }

    /// False: it was fetched with what no longer holds.
    private func keep(_ issued: IssuedCredential, _ generation: Int, _ isRenewal: Bool) -> Bool {
        let renewal = issued.renewalUnixSeconds(jitter: jitter())
        return state.withLock { state in
            guard state.generation == generation else { return false }
            let isNewer = issued.expiryUnixSeconds > (state.issued?.expiryUnixSeconds ?? -.infinity)
            // The metadata service hands out the old key until it has made the next one.
            state.renewalUnixSeconds =
                isNewer ? renewal : max(renewal, issued.issuedUnixSeconds + Self.renewalRetrySeconds)
            // Who fetched it on demand uses it; what was renewed waits for its first use.
            state.wasUsed = !(isRenewal && isNewer)
            state.issued = issued
            state.refusal = nil
            return true
        }
    }

    /// A refusal is not repeated while the old one is good; other failures put the next try off.
    func postponeRenewal(after failure: CloudFailure) {
        let next = failure.pausesAccount ? .infinity : now() + Self.renewalRetrySeconds
        state.withLock { $0.renewalUnixSeconds = next }
    }
}

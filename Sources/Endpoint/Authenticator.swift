internal import Crypto
internal import NIOCore
internal import NIOPosix

/// Checks passwords: one at a time, off the event loop, each pair once.
///
/// What was checked is remembered as an HMAC under a key that this process alone has and never shows, made of user,
/// hash and password, so that a changed hash is checked anew. Good and bad pairs are kept apart: nobody can push out
/// the good ones by guessing. Lives on the event loop.
final class Authenticator {
    enum Verdict {
        case allowed
        case denied
        /// Too many checks are waiting.
        case busy
        case pending(EventLoopFuture<Bool>)
    }

    private let loop: any EventLoop
    private let pool: NIOThreadPool
    private let waitingChecks: Int
    private let verify: @Sendable ([UInt8], String) -> Bool
    private let key = SymmetricKey(size: .bits256)
    private var good = DigestCache(capacity: 100)
    private var bad = DigestCache(capacity: 100)
    private var pending: [[UInt8]: EventLoopFuture<Bool>] = [:]
    private var last: EventLoopFuture<Void>

    /// - Parameter verify: told a password and a hash; bcrypt but in tests.
    init(
        loop: any EventLoop, waitingChecks: Int, pool: NIOThreadPool = .singleton,
        verify: @escaping @Sendable ([UInt8], String) -> Bool = Bcrypt.verifies(_:against:)
    ) {
        self.loop = loop
        self.pool = pool
        self.waitingChecks = waitingChecks
        self.verify = verify
        last = loop.makeSucceededVoidFuture()
    }

    /// - Parameters:
    ///   - fields: all `Authorization` fields of a request.
    ///   - users: user to bcrypt hash.
    ///   - dummyHash: what an unknown user's password is checked against, so that both take as long.
    func check(_ fields: [String], users: [String: String], dummyHash: String) -> Verdict {
        guard fields.count == 1, let credentials = BasicCredentials(fields[0]) else { return .denied }
        let known = users[credentials.user]
        let hash = known ?? dummyHash
        let digest = digest(credentials, hash)
        if good.contains(digest) { return .allowed }
        if bad.contains(digest) { return .denied }
        if let verdict = pending[digest] { return .pending(verdict) }
        guard pending.count < waitingChecks else { return .busy }
        let verdict = last.flatMap { [loop, pool, verify] in
            pool.runIfActive(eventLoop: loop) { verify(credentials.password, hash) && known != nil }
        }
        pending[digest] = verdict
        last = verdict.map { _ in }.recover { _ in }
        verdict.assumeIsolated().whenComplete { result in
            self.pending[digest] = nil
            switch result {
            case .success(true): self.good.insert(digest)
            case .success(false): self.bad.insert(digest)
            case .failure: break
            }
        }
        return .pending(verdict)
    }

    private func digest(_ credentials: BasicCredentials, _ hash: String) -> [UInt8] {
        // Neither of the first two can hold a NUL.
        let bytes = Array(credentials.user.utf8) + [0] + Array(hash.utf8) + [0] + credentials.password
        return Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }
}

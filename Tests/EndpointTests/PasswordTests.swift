import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct PasswordTests {
    /// "wonderland" by htpasswd at cost 4.
    private static let alice = "$2y$04$K78PkcaCbKdOHVTCR42Ak.9mVf0/TDPoE0w8tbWDTmFKXXA7IKDUm"
    /// The empty password at cost 5.
    private static let nobody = "$2y$05$D/fT1qq3ojjUGjgswu0kqumtrWcubviJYVIyJVdVSscqzGPJzmeAS"

    static let verdicts: [(String, Int)] = [
        ("YWxpY2U6d29uZGVybGFuZA==", 200), ("YWxpY2U6d29uZGVybGFuZA", 200), ("YWxpY2U6V29uZGVybGFuZA==", 401),
        ("bm9ib2R5Og==", 200), ("bm9ib2R5OmE=", 401), ("bWFsbG9yeTp3b25kZXJsYW5k", 401), ("YWxpY2U=", 401), ("", 401),
        ("YWxpY2U6d29uZGVybGFuZAA=", 401), ("YWxpY2U6d29uZGVybGFuZABh", 401), ("====", 401), ("!", 401), ("Y", 401),
        ("OndvbmRlcmxhbmQ=", 401),
    ]

    @Test(arguments: verdicts)
    func `only a user with the right password gets in`(_ credentials: String, _ status: Int) async throws {
        let security = try WebSecurity.make(tls: nil, users: ["alice": Self.alice, "nobody": Self.nobody])
        let responder = TestResponder()
        try await TestServer.run(responder, security: security) { server async throws in
            for scheme in ["Basic ", "basic  "] {
                let answer = try await server.get("/metrics", fields: ["Authorization: " + scheme + credentials])
                #expect(answer.status == status)
                #expect((answer.field("WWW-Authenticate") != nil) == (status == 401))
            }
            #expect(responder.requests.count == (status == 200 ? 2 : 0))
            #expect(responder.endings.allSatisfy { $0 == .init(handler: "metrics", status: status) })
        }
    }

    @Test func `without a password probes are answered, and nothing else says what there is`() async throws {
        let security = try WebSecurity.make(tls: nil, users: ["alice": Self.alice])
        try await TestServer.run(security: security) { server async throws in
            #expect(try await server.get("/-/healthy").status == 200)
            for path in ["/", "/metrics", "/nope"] { #expect(try await server.get(path).status == 401) }
            #expect(try await server.get("/metrics", method: "POST").status == 401)
            let good = "Authorization: Basic YWxpY2U6d29uZGVybGFuZA=="
            let bad = "Authorization: Bearer YWxpY2U6d29uZGVybGFuZA=="
            #expect(try await server.get("/", fields: [good, good]).status == 401)
            #expect(try await server.get("/", fields: [bad]).status == 401)
            #expect(try await server.get("/nope", fields: [good]).status == 404)
        }
    }

    @Test func `a changed password counts from the next request on`() async throws {
        let old = try WebSecurity.make(tls: nil, users: ["alice": Self.alice])
        let new = try WebSecurity.make(tls: nil, users: ["alice": Self.nobody])
        let fields = ["Authorization: Basic YWxpY2U6d29uZGVybGFuZA=="]
        try await TestServer.run(security: old) { server async throws in
            #expect(try await server.get("/", fields: fields).status == 200)
            server.server.replaceSecurity(new)
            #expect(try await server.get("/", fields: fields).status == 401)
            server.server.replaceSecurity(.none)
            #expect(try await server.get("/").status == 200)
        }
    }

    @Test func `a pair is checked once, good or bad, however often it comes`() async throws {
        let checks = Atomic<Int>(0)
        try await Self.withAuthenticator(waiting: 8) { password, hash in
            checks.add(1, ordering: .relaxed)
            return password == Array("right".utf8) && hash == "hash"
        } body: { check async throws in
            #expect(try await check("user:right") == true)
            #expect(try await check("user:wrong") == false)
            for _ in 0..<5 {
                #expect(try await check("user:right") == true)
                #expect(try await check("user:wrong") == false)
            }
            #expect(checks.load(ordering: .relaxed) == 2)
            #expect(try await check("unknown:right") == false)
            #expect(checks.load(ordering: .relaxed) == 3)
        }
    }

    @Test func `checks go one at a time, and too many waiting are turned away`() async throws {
        let running = Atomic<Int>(0)
        let most = Atomic<Int>(0)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let results = try await loop.flatSubmit {
            let authenticator = Authenticator(loop: loop, waitingChecks: 4) { _, _ in
                most.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
                running.subtract(1, ordering: .relaxed)
                return true
            }
            var verdicts: [EventLoopFuture<Bool>] = []
            var busy = 0
            for number in 0..<6 {
                let field = "Basic " + Base64.encode("user:\(number)")
                switch authenticator.check([field], users: ["user": "hash"], dummyHash: "dummy") {
                case .pending(let verdict): verdicts.append(verdict)
                case .busy: busy += 1
                default: Issue.record("decided without a check")
                }
            }
            let count = busy
            return EventLoopFuture.whenAllSucceed(verdicts, on: loop).map { ($0, count) }
        }.get()
        #expect(results.0 == [true, true, true, true])
        #expect(results.1 == 2)
        #expect(most.load(ordering: .relaxed) == 1)
    }

    private static func withAuthenticator(
        waiting: Int, verify: @escaping @Sendable ([UInt8], String) -> Bool,
        body: ((String) async throws -> Bool?) async throws -> Void
    ) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let box = try await loop.submit {
            NIOLoopBound(Authenticator(loop: loop, waitingChecks: waiting, verify: verify), eventLoop: loop)
        }.get()
        try await body { pair in
            let field = "Basic " + Base64.encode(pair)
            return try await loop.flatSubmit {
                switch box.value.check([field], users: ["user": "hash"], dummyHash: "dummy") {
                case .allowed: loop.makeSucceededFuture(Bool?.some(true))
                case .denied: loop.makeSucceededFuture(Bool?.some(false))
                case .busy: loop.makeSucceededFuture(Bool?.none)
                case .pending(let verdict): verdict.map { Bool?.some($0) }
                }
            }.get()
        }
    }

    static let hashes: [(String, Int?)] = [
        (alice, 4), (nobody, 5), ("$2a$14$" + String(repeating: "a", count: 53), 14),
        ("$2b$31$" + String(repeating: "a", count: 53), 31), ("$2y$99$" + String(repeating: "a", count: 53), nil),
        ("$2y$03$" + String(repeating: "a", count: 53), nil), ("$2x$10$" + String(repeating: "a", count: 53), nil),
        ("$2y$10$" + String(repeating: "a", count: 52), nil), ("$2y$10$" + String(repeating: ":", count: 53), nil),
        ("$1$abc$", nil), ("", nil), ("wonderland", nil),
    ]

    @Test(arguments: hashes)
    func `the cost of a hash is read, and what is none is told`(_ hash: String, _ cost: Int?) {
        #expect(Bcrypt.cost(of: hash) == cost)
    }

    /// By htpasswd (`$2y$`), and the same as `$2a$` and `$2b$`, which mean the same for it.
    @Test(arguments: ["$2y$", "$2a$", "$2b$"])
    func `a password fits its hash and no other`(_ prefix: String) {
        let hash = prefix + Self.alice.dropFirst(4)
        #expect(Bcrypt.verifies(Array("wonderland".utf8), against: hash))
        for wrong in ["Wonderland", "wonderlan", "wonderland ", ""] {
            #expect(!Bcrypt.verifies(Array(wrong.utf8), against: hash))
        }
        #expect(!Bcrypt.verifies(Array("wonderland".utf8) + [0], against: hash))
        #expect(!Bcrypt.verifies(Array("wonderland".utf8), against: "*0"))
        #expect(!Bcrypt.verifies(Array("wonderland".utf8), against: ""))
    }

    @Test func `an unknown user costs as much as the dearest known one`() throws {
        let security = try WebSecurity.make(tls: nil, users: ["alice": Self.alice, "nobody": Self.nobody])
        #expect(Bcrypt.cost(of: security.dummyHash) == 5)
        #expect(!Bcrypt.verifies([], against: security.dummyHash))
    }
}

import NIOCore
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(1)))
struct RateTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test func `a burst goes through, then one an interval`() {
        var limiter = RateLimiter(RequestRate(interval: .seconds(2), burst: 3), now: Self.start)
        let burst = (0..<4).map { _ in limiter.admits(now: Self.start) }
        #expect(burst == [true, true, true, false])
        let drops = [1999, 2000, 2001].map { limiter.admits(now: Self.start + .milliseconds($0)) }
        #expect(drops == [false, true, false])
        // However long it was quiet, no more than the burst is saved up.
        let later = (0..<4).map { _ in limiter.admits(now: Self.start + .hours(1)) }
        #expect(later == [true, true, true, false])
    }

    @Test func `a clock that goes back does no harm`() {
        var limiter = RateLimiter(RequestRate(interval: .seconds(1), burst: 1), now: Self.start)
        let admitted = [0, -1, 1].map { limiter.admits(now: Self.start + .seconds($0)) }
        #expect(admitted == [true, false, true])
    }

    @Test func `what is over the rate is 429, and probes are not counted`() async throws {
        let security = try WebSecurity.make(tls: nil, rateLimit: RequestRate(interval: .seconds(3600), burst: 2))
        try await TestServer.run(security: security) { server async throws in
            var statuses: [Int] = []
            for path in ["/", "/-/healthy", "/metrics", "/", "/nope", "/-/healthy"] {
                statuses.append(try await server.get(path).status)
            }
            #expect(statuses == [200, 200, 200, 429, 429, 200])
            #expect(try await server.get("/").field("Retry-After") == "3600")
        }
    }

    @Test func `no interval is no limit, and no burst is no request`() async throws {
        let off = try WebSecurity.make(tls: nil, rateLimit: RequestRate(interval: .zero, burst: 0))
        let none = try WebSecurity.make(tls: nil, rateLimit: RequestRate(interval: .seconds(1), burst: 0))
        try await TestServer.run(security: off) { server async throws in
            #expect(try await server.get("/").status == 200)
            server.server.replaceSecurity(none)
            #expect(try await server.get("/").status == 429)
        }
    }
}

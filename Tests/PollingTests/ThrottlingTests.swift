import Polling
import Testing

/// Clouds that allow 20 requests a second.
enum ThrottlingModel: Sendable, CaseIterable {
    /// Counts by the calendar second.
    case window
    /// The same, and refused requests count as well.
    case windowCountingRefused
    /// nginx's `limit_req rate=20r/s`: no two requests closer than 50 ms.
    case leakyBucket
    /// nginx's `limit_req rate=20r/s burst=20 nodelay`.
    case leakyBucketWithBurst
}

/// The state of such a cloud.
struct ThrottlingCloud {
    var model: ThrottlingModel
    var allowed: Double
    private var window = -1
    private var count = 0.0
    private var excess = 0.0
    private var last = -1e9

    init(_ model: ThrottlingModel, allowed: Double) {
        self.model = model
        self.allowed = allowed
    }

    /// Whether a request that arrives then is accepted.
    mutating func accepts(_ arrival: Double) -> Bool {
        switch model {
        case .window, .windowCountingRefused:
            if Int(arrival) != window {
                window = Int(arrival)
                count = 0
            }
            let isAccepted = count < allowed
            if isAccepted || model == .windowCountingRefused {
                count += 1
            }
            return isAccepted
        case .leakyBucket, .leakyBucketWithBurst:
            // ngx_http_limit_req_module: excess falls by the rate and grows by one; a refusal leaves it alone.
            let new = max(0, excess - (arrival - last) * allowed + 1)
            guard new <= (model == .leakyBucket ? 0 : 20) else { return false }
            excess = new
            last = arrival
            return true
        }
    }
}

@Suite struct ThrottlingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var model: ThrottlingModel
        var retryAfter: Duration?
        var latency: Double
        var allowed = 20.0
        var configured = 60.0
        /// Requests come so much earlier or later than they were sent.
        var jitter = 0.0
        var rowsPerRate = 60.0
        var testDescription: String {
            "\(model) \(allowed)/s of \(configured), Retry-After \(retryAfter.map { "\($0)" } ?? "none"), "
                + "\(latency) s ± \(jitter) s"
        }
    }

    static let cases: [Case] = {
        var cases = ThrottlingModel.allCases.flatMap { model in
            [nil, Duration.seconds(1)].flatMap { retryAfter in
                [0.02, 0.4].map { Case(model: model, retryAfter: retryAfter, latency: $0) }
            }
        }
        for model in [ThrottlingModel.window, .leakyBucket] {
            cases.append(Case(model: model, retryAfter: nil, latency: 0.1, jitter: 0.002))
            cases.append(Case(model: model, retryAfter: .seconds(1), latency: 0.1, allowed: 26))
            cases.append(Case(model: model, retryAfter: nil, latency: 0.1, allowed: 7))
            cases.append(Case(model: model, retryAfter: nil, latency: 0.1, allowed: 55))
            cases.append(Case(model: model, retryAfter: nil, latency: 0.1, allowed: 20, configured: 200))
        }
        return cases
    }()

    @Test("A cloud that allows less than it is asked for is used to 90 % and refuses at most 5 %", arguments: cases)
    func settles(_ test: Case) {
        let result = Self.run(test, settling: 60, until: 360) { _ in test.allowed }
        #expect(result.faults == [])
        #expect(result.accepted >= 0.9 * 300 * test.allowed)
        #expect(result.refused <= 0.05 * (result.accepted + result.refused))
    }

    @Test("A ceiling that rises is found again within four minutes", arguments: ThrottlingModel.allCases)
    func risingCeiling(_ model: ThrottlingModel) {
        let test = Case(model: model, retryAfter: .seconds(1), latency: 0.1)
        let result = Self.run(test, settling: 540, until: 840) { $0 < 300 ? 10 : 40 }
        #expect(result.accepted >= 0.9 * 300 * 40)
        #expect(result.refused <= 0.05 * (result.accepted + result.refused))
    }

    @Test("A ceiling that falls is met within 20 seconds", arguments: ThrottlingModel.allCases)
    func fallingCeiling(_ model: ThrottlingModel) {
        let test = Case(model: model, retryAfter: nil, latency: 0.1)
        let result = Self.run(test, settling: 140, until: 300) { $0 < 120 ? 50 : 10 }
        #expect(result.accepted >= 0.85 * 160 * 10)
        #expect(result.refused <= 0.05 * (result.accepted + result.refused))
    }

    @Test("A cloud that allows what is configured never refuses", arguments: ThrottlingModel.allCases)
    func configuredRateIsKept(_ model: ThrottlingModel) {
        let test = Case(
            model: model, retryAfter: nil, latency: 0.1, allowed: 10, configured: 10, jitter: 0.0005, rowsPerRate: 120)
        let result = Self.run(test, settling: 0, until: 600) { _ in 10 }
        #expect(result.refused == 0)
        #expect(result.throttleWait == .zero)
        #expect(result.accepted >= 0.95 * 600 * 10)
    }

    @Test("Retry-After silences the whole project, and no herd follows")
    func retryAfter() {
        var world = World(Plan(policy: policy(rate: 20), rows: rows(1200), discovered: [])) { request, arrival in
            (0.05, arrival > 30 && arrival < 30.2 ? failed(.throttled, retryAfter: .seconds(20)) : good)
        }
        world.run(until: 120)
        let first = world.outcomes.first { $0.outcome != good }?.at ?? 0
        #expect(world.sent.filter { $0.at > first + 0.001 && $0.at < first + 20 }.isEmpty)
        let after = world.sent.filter { $0.at >= first + 20 }
        #expect(after.count { $0.at < first + 21.5 } <= 31)
        #expect(zip(after, after.dropFirst()).allSatisfy { $1.at - $0.at >= 0.04 })
        #expect(world.schedule.projectStatus(0)?.throttleWait ?? .zero > .seconds(100))
    }

    private static func run(
        _ test: Case, settling: Double, until end: Double, allowed: @escaping (Double) -> Double
    ) -> (accepted: Double, refused: Double, throttleWait: Duration?, faults: [String]) {
        var cloud = ThrottlingCloud(test.model, allowed: allowed(0))
        var noise = Noise(state: 7)
        let plan = Plan(
            policy: policy(rate: test.configured, inFlight: 128), rows: rows(Int(test.configured * test.rowsPerRate)),
            discovered: [])
        var world = World(plan) { _, arrival in
            cloud.allowed = allowed(arrival)
            let jitter = test.jitter > 0 ? Double.random(in: -test.jitter..<test.jitter, using: &noise) : 0
            let latency = test.latency * Double.random(in: 0.9..<1.1, using: &noise)
            return (latency, cloud.accepts(arrival + jitter) ? good : failed(.throttled, retryAfter: test.retryAfter))
        }
        world.run(until: end)
        let settled = world.outcomes.filter { $0.at >= settling }
        let refused = settled.count { $0.outcome != good }
        return (
            Double(settled.count - refused), Double(refused), world.schedule.projectStatus(0)?.throttleWait,
            world.faults
        )
    }
}

import FunctionGraph
import HTTPTypes
import Synchronization

/// Endpoints of a cloud that is not there.
struct FakeEndpoints: CloudEndpoints {
    var iamPrefix = ""
    func functionGraph(region: String) -> String { "https://functiongraph.\(region).example.com" }
    func iam(region: String) -> String { "https://iam.\(region).example.com" + iamPrefix }
    var metadata: String { "http://169.254.169.254" }
}

/// A clock that moves when it is told to.
final class ManualClock: Sendable {
    private let seconds: Mutex<Double>
    init(_ start: Double = 1_800_000_000) { seconds = Mutex(start) }
    var now: Double { seconds.withLock { $0 } }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
}

/// What an observer was told.
final class CallLog: Sendable {
    private let log = Mutex<[APICall]>([])
    var calls: [APICall] { log.withLock { $0 } }
    func append(_ call: APICall) { log.withLock { $0.append(call) } }
}

/// A client with its fakes.
struct FakeCloud {
    let transport: FakeTransport
    let clock = ManualClock()
    let log = CallLog()
    let client: CloudClient

    init(_ transport: FakeTransport, endpoints: FakeEndpoints = FakeEndpoints()) {
        let clock = clock
        let log = log
        self.transport = transport
        client = CloudClient(
            transport: transport, endpoints: endpoints, now: { clock.now },
            monotonicNow: { .seconds(clock.now) }, observer: { log.append($0) })
    }
}

/// Names and keys that occur in many tests.
enum Sample {
    static let project = "7aad83af3e8d42e99ac194e8419e2c9b"
    static let region = "cn-north-4"
    static let text = "urn:fss:cn-north-4:7aad83af3e8d42e99ac194e8419e2c9b:function:default:orders:v3"
    static let key = AccessKey(id: "EXAMPLEACCESSKEYID01", secret: Secret("example-secret-key"))
    static let credential = Credential.accessKey(key)
    static var urn: FunctionURN { get throws { try FunctionURN(text) } }
}

/// Opens once; whoever waits before goes on then.
final class Barrier: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

/// Lets other tasks run until `condition` holds; false after very many turns.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<2_000_000 {
        if condition() { return true }
        await Task.yield()
    }
    return false
}

/// The failure of a call that must fail.
func failure<Answer>(
    _ call: () async throws(CloudFailure) -> Answer
) async -> CloudFailure? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}

import FunctionGraph
import Synchronization

/// Lets everything through and counts; fails `begin` where it is told to.
final class FakeGate: ListingGate {
    private struct State {
        var begun = 0
        var ended: [FailureReason?] = []
    }
    private let state = Mutex(State())
    private let refusal: (@Sendable (Int) -> CloudFailure?)

    init(refusal: @escaping @Sendable (Int) -> CloudFailure? = { _ in nil }) { self.refusal = refusal }

    var begun: Int { state.withLock { $0.begun } }
    var ended: [FailureReason?] { state.withLock { $0.ended } }

    func begin() async throws(CloudFailure) -> Credential {
        let number = state.withLock { state in
            state.begun += 1
            return state.begun
        }
        if let failure = refusal(number) { throw failure }
        return .token(Secret("token-\(number)"))
    }

    func end(_ credential: Credential, _ failure: CloudFailure?) async {
        state.withLock { $0.ended.append(failure?.reason) }
    }
}

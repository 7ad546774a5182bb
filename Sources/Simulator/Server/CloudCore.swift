import Logging
import NIOCore
import Synchronization

/// What all connections share: the cloud's state under one lock, its clock, and the count of connections.
final class CloudCore: Sendable {
    let clock: CloudClock
    private let state: Mutex<CloudState>
    private let clockSkewSeconds = Mutex(0.0)
    private let connections = Mutex((opened: 0, open: 0))
    private let requestLogger: Logger?

    init(_ scenario: Scenario, clock: CloudClock, requestLogger: Logger?) {
        self.clock = clock
        self.requestLogger = requestLogger
        state = Mutex(CloudState(scenario, nowNanoseconds: clock.read().monotonicNanoseconds))
        clockSkewSeconds.withLock { $0 = scenario.answers.clockSkew.inSeconds }
    }

    /// The answer to a request; control calls are told apart here.
    func answer(_ request: ReceivedRequest, refusal: CloudError?) -> Answer {
        if request.path.hasPrefix(ControlInterface.prefix) {
            return refusal.map { Answer($0, requestID: "") } ?? ControlInterface(core: self).answer(request)
        }
        let time = now()
        let (call, answer) = state.withLock { state in
            var call = CloudCall(request, state.catalogue)
            if let refusal {
                call.operation = .other
                call.refusal = refusal
            }
            return (call, state.answer(request, call, time))
        }
        requestLogger?.info(
            "request",
            metadata: [
                "method": "\(request.method)", "operation": "\(call.operation.rawValue)",
                "project": "\(call.project)", "urn": "\(call.urn ?? "")", "status": "\(answer.status)",
                "request_id": "\(answer.requestID)",
            ])
        return answer
    }

    /// The cloud's wall clock, its skew included.
    func unixSeconds() -> Double { now().unixSeconds }

    /// Both clocks.
    func now() -> CloudTime {
        var time = clock.read()
        time.unixSeconds += clockSkewSeconds.withLock { $0 }
        return time
    }

    /// Does something with the state in one short turn.
    func update<Value: Sendable>(_ body: (inout CloudState) throws -> Value) rethrows -> Value {
        try state.withLock { state in try body(&state) }
    }

    /// Replaces everything; lives begin anew.
    func load(_ scenario: Scenario) {
        clockSkewSeconds.withLock { $0 = scenario.answers.clockSkew.inSeconds }
        let fresh = CloudState(scenario, nowNanoseconds: clock.read().monotonicNanoseconds)
        state.withLock { $0 = fresh }
    }

    func connectionOpened() {
        connections.withLock { connections in
            connections.opened += 1
            connections.open += 1
        }
    }

    func connectionClosed() { connections.withLock { $0.open -= 1 } }

    /// The counts at this moment.
    func counts() -> RequestCounts {
        let connections = connections.withLock { $0 }
        return state.withLock { state in state.counts(opened: connections.opened, open: connections.open) }
    }
}

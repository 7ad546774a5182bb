import FunctionGraph
import Polling
import Testing

@testable import Daemon

/// From the cloud's failures to what the schedule does about them.
struct FailureKindTests {
    struct Case: Sendable {
        var operation = Operation.snapshotState
        let reason: FailureReason
        var status: Int?
        let kind: FailureKind
    }

    @Test(arguments: [
        Case(reason: .dns, kind: .dns), Case(reason: .connect, kind: .connect), Case(reason: .tls, kind: .tls),
        Case(reason: .timeout, kind: .timeout), Case(reason: .unauthorized, status: 401, kind: .unauthorized),
        Case(reason: .forbidden, status: 403, kind: .permanent), Case(reason: .notFound, status: 404, kind: .permanent),
        Case(reason: .clientError, status: 400, kind: .permanent), Case(reason: .decode, status: 200, kind: .permanent),
        Case(reason: .throttled, status: 429, kind: .throttled), Case(reason: .serverError, status: 503, kind: .server),
        Case(reason: .cancelled, kind: .cancelled),
        // Any 4xx but 429 of a call for credentials pauses the account.
        Case(operation: .createToken, reason: .unauthorized, status: 401, kind: .tokenRefused),
        Case(operation: .createToken, reason: .forbidden, status: 403, kind: .tokenRefused),
        Case(operation: .createToken, reason: .clientError, status: 400, kind: .tokenRefused),
        Case(operation: .metadata, reason: .notFound, status: 404, kind: .tokenRefused),
        // A token service that throttles is no reason to slow down the functions' calls.
        Case(operation: .createToken, reason: .throttled, status: 429, kind: .unissued),
        Case(operation: .metadata, reason: .throttled, status: 429, kind: .unissued),
        Case(operation: .createToken, reason: .serverError, status: 500, kind: .unissued),
        // Neither proves the credential: the next wrong password would count as the first.
        Case(operation: .createToken, reason: .clientError, status: 302, kind: .unissued),
        Case(operation: .createToken, reason: .decode, status: 201, kind: .unissued),
        Case(operation: .metadata, reason: .connect, kind: .connect),
        Case(operation: .listFunctions, reason: .throttled, status: 429, kind: .throttled),
        Case(operation: .listFunctions, reason: .forbidden, status: 403, kind: .permanent),
    ])
    func `each failure is of one kind`(_ test: Case) {
        let failure = Samples.failure(test.reason, operation: test.operation, status: test.status)
        #expect(FailureKind(failure) == test.kind)
    }

    @Test(arguments: [
        (Operation.snapshotSwitch, 400, true), (.snapshotSwitch, 404, true), (.snapshotSwitch, 405, true),
        (.snapshotSwitch, 403, false), (.snapshotSwitch, 500, false), (.snapshotState, 404, false),
        (.listFunctions, 400, false),
    ])
    func `400, 404 and 405 on the switch mean that the project does not know it`(
        operation: Operation, status: Int, isRefusal: Bool
    ) {
        let failure = AttemptFailure(Samples.failure(.clientError, operation: operation, status: status))
        #expect(failure.switchRefused == isRefusal)
    }

    @Test func `Retry-After reaches the schedule`() {
        let failure = CloudFailure(
            operation: .snapshotState, reason: .throttled, httpStatus: 429, message: "", retryAfter: .seconds(7))
        #expect(AttemptFailure(failure).retryAfter == .seconds(7))
    }

    @Test(arguments: [
        (FailureKind.dns, FailureReason.dns), (.connect, .connect), (.tls, .tls), (.timeout, .timeout),
        (.unauthorized, .unauthorized), (.tokenRefused, .unauthorized), (.throttled, .throttled),
        (.server, .serverError), (.unissued, .serverError), (.permanent, .clientError), (.cancelled, .cancelled),
    ])
    func `each kind has the reason that a hold shows`(kind: FailureKind, reason: FailureReason) {
        #expect(kind.reason == reason)
    }
}

import FunctionGraph
import Polling

/// What came of one request.
struct AttemptReport: Sendable {
    enum Result: Sendable {
        case state(SnapshotAnswer)
        case `switch`(SwitchAnswer)
        case failed(CloudFailure)
    }

    let result: Result
    /// The credential it was sent with; `nil` where none could be had.
    let credential: Credential?

    /// What the schedule needs to know of it.
    var outcome: AttemptOutcome {
        switch result {
        case .state(let answer): .answered(creating: answer.state == .creating)
        case .switch: .answered(creating: false)
        case .failed(let failure): .failed(AttemptFailure(failure))
        }
    }
}

extension AttemptFailure {
    /// The schedule's view of a failure of the cloud.
    init(_ failure: CloudFailure) {
        let refused = failure.operation == .snapshotSwitch && [400, 404, 405].contains(failure.httpStatus)
        self.init(kind: FailureKind(failure), retryAfter: failure.retryAfter, switchRefused: refused)
    }
}

extension FailureKind {
    /// Which of the schedule's kinds a failure is.
    init(_ failure: CloudFailure) {
        let isCredentialCall = failure.operation == .createToken || failure.operation == .metadata
        switch failure.reason {
        case _ where failure.pausesAccount: self = .tokenRefused
        case .dns: self = .dns
        case .connect: self = .connect
        case .tls: self = .tls
        case .timeout: self = .timeout
        case .unauthorized: self = .unauthorized
        case .cancelled: self = .cancelled
        // A token service that throttles or fails says nothing about the project, nor about the credential.
        case _ where isCredentialCall: self = .unissued
        case .throttled: self = .throttled
        case .serverError: self = .server
        case .forbidden, .notFound, .clientError, .decode: self = .permanent
        }
    }

    /// The reason the pages and metrics give while a hold lasts.
    var reason: FailureReason {
        switch self {
        case .dns: .dns
        case .connect: .connect
        case .tls: .tls
        case .timeout: .timeout
        case .unauthorized, .tokenRefused: .unauthorized
        case .throttled: .throttled
        case .server, .unissued: .serverError
        case .permanent: .clientError
        case .cancelled: .cancelled
        }
    }
}

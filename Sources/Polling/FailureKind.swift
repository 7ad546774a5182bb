/// Kinds of failure, as far as they differ in what the schedule does about them.
public enum FailureKind: Sendable, Hashable, CaseIterable {
    /// No address.
    case dns
    /// Refused, unreachable, or closed before a whole answer.
    case connect
    /// No TLS session.
    case tls
    /// No answer in time.
    case timeout
    /// The cloud refused the credential.
    case unauthorized
    /// A token or metadata call was answered with a 4xx other than 429.
    case tokenRefused
    /// A token or metadata call was answered, but neither with a credential nor with a refusal of the account: too many
    /// requests, 5xx, a redirect, garbage.
    case unissued
    /// Too many requests.
    case throttled
    /// 5xx.
    case server
    /// An answer that a further try would not better.
    case permanent
    /// Ended by us.
    case cancelled

    /// The request did not reach a server that answers; five in a row hold a project.
    var isUnreachable: Bool {
        switch self {
        case .dns, .connect, .tls, .timeout: true
        case .unauthorized, .tokenRefused, .unissued, .throttled, .server, .permanent, .cancelled: false
        }
    }

    /// The project's own endpoint answered, whatever it said.
    var isAnswer: Bool {
        switch self {
        case .unauthorized, .throttled, .server, .permanent: true
        case .dns, .connect, .tls, .timeout, .tokenRefused, .unissued, .cancelled: false
        }
    }

    /// A further try within the poll can help.
    var isRetried: Bool {
        isUnreachable || self == .throttled || self == .server || self == .unissued
    }
}

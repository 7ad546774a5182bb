import FunctionGraph

/// Why a poll got no state, as an operator wants it: our reason and the vendor's own words.
struct PollFailure: Sendable, Equatable {
    var reason: FailureReason
    /// HTTP status, where there was an answer.
    var httpStatus: Int?
    /// The vendor's `error_code`.
    var errorCode: String?
    /// The vendor's message, or ours.
    var message: String
    /// The vendor's request id.
    var requestID: String?
    /// What was asked, where it was not FunctionGraph: the poll ended before its own request.
    var askedInstead: String?
    /// Whether the cloud refused the credentials because the clocks differ.
    var isClockSkew = false

    init(reason: FailureReason, message: String) {
        self.reason = reason
        self.message = message
    }

    init(_ failure: CloudFailure) {
        reason = failure.reason
        httpStatus = failure.httpStatus
        errorCode = failure.errorCode
        message = failure.message
        requestID = failure.requestID
        askedInstead =
            switch failure.operation {
            case .createToken: "IAM token"
            case .metadata: "metadata service"
            case .snapshotState, .snapshotSwitch, .listFunctions, .listVersions, .listAliases: nil
            }
        isClockSkew = failure.isClockSkew
    }

    /// What to do about it, where its words alone do not tell.
    func advice(for urn: FunctionURN) -> String? {
        guard httpStatus == 400, askedInstead == nil, urn.isAlias else { return nil }
        return "the cloud may not take aliases here: list the version instead"
    }

    /// Whether an operator would call both the same trouble.
    func isSameTrouble(as other: Self) -> Bool {
        reason == other.reason && errorCode == other.errorCode
    }
}

/// From the vendor's code and the HTTP status to one of the twelve reasons: the code first, the status second.
///
/// Codes: FunctionGraph's list (functiongraph_06_1320), the gateway's (devg-apisign), IAM's error codes. The gateway
/// writes `APIG.` or `APIGW.` before the same numbers.
enum FailureClassifier {
    /// The reason of an answer whose status is no success.
    static func reason(code: String?, status: Int) -> FailureReason {
        if let code, let reason = reason(code: code) { return reason }
        switch status {
        case 401: return .unauthorized
        case 403: return .forbidden
        case 404: return isAbsence(code) ? .notFound : .clientError
        case 410: return .notFound
        case 429: return .throttled
        case 300..<500: return .clientError
        case 500..<600: return .serverError
        default: return .decode
        }
    }

    /// The reason a code gives whatever the status; nil for codes that say no more than their status.
    static func reason(code: String) -> FailureReason? {
        guard let (family, number) = parts(code) else { return nil }
        switch (family, number) {
        case ("APIG", 301), ("APIG", 303), ("APIG", 305), ("APIG", 307): return .unauthorized
        case ("APIG", 302), ("APIG", 304), ("APIG", 306), ("APIG", 501), ("APIG", 502), ("APIG", 802):
            return .forbidden
        case ("APIG", 308): return .throttled
        case ("FSS", 1118), ("FSS", 1126), ("FSS", 1303), ("FSS", 1310): return .forbidden
        case ("FSS", 429): return .throttled
        case ("FSS", 1308): return .notFound
        case ("IAM", 1), ("IAM", 61...64), ("IAM", 66...67): return .unauthorized
        case ("IAM", 12): return .throttled
        default: return nil
        }
    }

    /// Whether a code says that a function, version, alias or package is not there; only a 404 makes it so.
    private static func isAbsence(_ code: String?) -> Bool {
        guard let code, let (family, number) = parts(code), family == "FSS" else { return false }
        return [404, 1051, 1052, 1053, 1055].contains(number)
    }

    /// `APIGW.0301` as ("APIG", 301).
    private static func parts(_ code: String) -> (family: String, number: Int)? {
        let fields = Text.trim(code).split(separator: ".", omittingEmptySubsequences: false)
        guard fields.count == 2, fields[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(fields[1])
        else { return nil }
        let family = fields[0].uppercased()
        return (family == "APIGW" ? "APIG" : family, number)
    }
}

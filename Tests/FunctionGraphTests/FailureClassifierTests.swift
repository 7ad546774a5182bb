import Testing

@testable import FunctionGraph

/// One answer of the cloud and the reason it must give.
struct ClassificationCase: Sendable, CustomTestStringConvertible {
    let status: Int
    let code: String?
    let reason: FailureReason
    var testDescription: String { "\(status) \(code ?? "without code")" }

    static func all(_ status: Int, _ reason: FailureReason, _ codes: String?...) -> [ClassificationCase] {
        codes.map { ClassificationCase(status: status, code: $0, reason: reason) }
    }

    /// FunctionGraph's own codes that a reader can meet, with the statuses the vendor documents.
    static let functionGraph =
        all(
            400, .clientError, "FSS.0400", "FSS.1001", "FSS.1002", "FSS.1004", "FSS.1005", "FSS.1014", "FSS.1015",
            "FSS.1027", "FSS.1309")
        + all(400, .notFound, "FSS.1308") + all(400, .forbidden, "FSS.1303", "FSS.1310")
        + all(401, .unauthorized, "FSS.0401") + all(401, .forbidden, "FSS.1118")
        + all(
            403, .forbidden, "FSS.0403", "FSS.1121", "FSS.1122", "FSS.1125", "FSS.1126", "FSS.1127", "FSS.1128",
            "FSS.1041", "FSS.1043", "FSS.1044", "FSS.1094")
        + all(404, .notFound, "FSS.0404", "FSS.1051", "FSS.1052", "FSS.1053", "FSS.1055")
        + all(404, .clientError, "FSS.1061", "FSS.9999") + all(406, .clientError, "FSS.0406")
        + all(408, .clientError, "FSS.0408") + all(409, .clientError, "FSS.0409", "FSS.1061")
        + all(410, .notFound, "FSS.0410") + all(412, .clientError, "FSS.1033", "FSS.1153")
        + all(413, .clientError, "FSS.0413") + all(424, .clientError, "FSS.0424")
        + all(426, .clientError, "FSS.0426") + all(428, .clientError, "FSS.0428")
        + all(429, .throttled, "FSS.0429") + all(400, .throttled, "FSS.0429")
        + all(500, .serverError, "FSS.0500", "FSS.1162") + all(502, .serverError, "FSS.0502")
        + all(503, .serverError, "FSS.0503", "FSS.1115", "FSS.1169") + all(504, .serverError, "FSS.0504")
        + all(400, .clientError, "FGS.0111", "FGS.3002", "FGS.5002")

    /// The gateway's numbers, under both prefixes.
    static let gateway = ["APIG", "APIGW"].flatMap { prefix in
        [
            (404, FailureReason.clientError, ["0101", "0103"]), (400, .clientError, ["0104", "0105", "0106"]),
            (500, .serverError, ["0103", "0104", "0105", "0201"]),
            (400, .clientError, ["0201", "0204", "0602", "0607"]), (413, .clientError, ["0201"]),
            (414, .clientError, ["0201"]), (494, .clientError, ["0201"]),
            (502, .serverError, ["0201", "0202", "0610"]),
            (504, .serverError, ["0201", "0203"]), (401, .unauthorized, ["0301", "0303", "0305", "0307"]),
            (403, .unauthorized, ["0301", "0307"]), (400, .unauthorized, ["0301"]),
            (403, .forbidden, ["0302", "0304", "0306", "0310", "0802"]), (401, .forbidden, ["0302", "0304", "0306"]),
            (401, .unauthorized, ["0311", "0312", "0313", "0314"]), (403, .forbidden, ["0311", "0314"]),
            (403, .forbidden, ["0401", "0402", "0404", "0405", "0801"]), (405, .forbidden, ["0501", "0502"]),
            (429, .throttled, ["0308"]), (403, .throttled, ["0308"]), (400, .forbidden, ["0802"]),
            (
                500, .serverError,
                ["0601", "0605", "0606", "0608", "0609", "0611", "0612", "0615", "0616", "0617", "0705"]
            ),
            (503, .serverError, ["0613"]),
        ].flatMap { status, reason, numbers in
            numbers.map { ClassificationCase(status: status, code: "\(prefix).\($0)", reason: reason) }
        }
    }

    static let iam =
        all(401, .unauthorized, "IAM.0001", "IAM.0061", "IAM.0062", "IAM.0063", "IAM.0064", "IAM.0066", "IAM.0067")
        + all(403, .forbidden, "IAM.0002", "IAM.0003", "IAM.0080", "IAM.0081", "IAM.0082", "IAM.0083")
        + all(404, .clientError, "IAM.0004") + all(410, .notFound, "IAM.0020") + all(429, .throttled, "IAM.0012")
        + all(400, .throttled, "IAM.0012")
        + all(400, .clientError, "IAM.0007", "IAM.0011", "IAM.0072", "IAM.0073", "IAM.0077")
        + all(500, .serverError, "IAM.0006") + all(400, .clientError, "1100", "1118")

    static let statusOnly =
        all(301, .clientError, nil) + all(302, .clientError, nil) + all(304, .clientError, nil)
        + all(307, .clientError, nil) + all(400, .clientError, nil, "", "what", "FSS", "FSS.", ".1051", "FSS.10x51")
        + all(401, .unauthorized, nil, "401") + all(403, .forbidden, nil) + all(404, .clientError, nil, "404")
        + all(405, .clientError, nil) + all(408, .clientError, nil) + all(410, .notFound, nil)
        + all(418, .clientError, nil) + all(429, .throttled, nil) + all(499, .clientError, nil)
        + all(500, .serverError, nil) + all(502, .serverError, nil) + all(503, .serverError, nil)
        + all(504, .serverError, nil) + all(599, .serverError, nil) + all(101, .decode, nil) + all(600, .decode, nil)
        + all(401, .forbidden, "fss.1118", " FSS.1118 ") + all(404, .notFound, "fss.1051")
}

@Suite struct FailureClassifierTests {
    @Test(
        arguments: ClassificationCase.functionGraph + ClassificationCase.gateway + ClassificationCase.iam
            + ClassificationCase.statusOnly)
    func `the code decides first and the status second`(_ answer: ClassificationCase) {
        #expect(FailureClassifier.reason(code: answer.code, status: answer.status) == answer.reason)
    }

    @Test func `a huge number is no code`() {
        let code = "FSS." + String(repeating: "9", count: 40)
        #expect(FailureClassifier.reason(code: code, status: 404) == .clientError)
    }
}

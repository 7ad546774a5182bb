import Exposition
import FunctionGraph
import Testing

@testable import Daemon

struct QueryTableTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let failure: CloudFailure
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(
            failure: CloudFailure(operation: .snapshotState, reason: .connect, message: "h:1: connection refused"),
            text: "connect: h:1: connection refused"),
        Case(
            failure: CloudFailure(operation: .metadata, reason: .connect, message: "h:2: connection refused"),
            text: "connect (metadata service): h:2: connection refused"),
        Case(
            failure: CloudFailure(
                operation: .createToken, reason: .unauthorized, httpStatus: 401, errorCode: "IAM.0001",
                message: "The password is wrong.", requestID: "r-1"),
            text: "unauthorized (IAM token) HTTP 401 IAM.0001: The password is wrong. (request r-1)"),
    ])
    func `the error column says who was asked where it was not FunctionGraph`(_ test: Case) throws {
        var record = FunctionRecord(watched: try Samples.watched("orders"), rowID: MetricTable([]).insert([]))
        record.failure = PollFailure(test.failure)
        let lines = String(decoding: QueryTable.text([record]), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.hasSuffix("  " + test.text) == true)
    }
}

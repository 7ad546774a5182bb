import Exposition
import FunctionGraph
import Settings
import Testing

@testable import Daemon

struct QueryTableTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let failure: CloudFailure
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        ("!prod", Operation.snapshotState, 400, true), ("v1", .snapshotState, 400, false),
        ("!prod", .snapshotState, 404, false), ("!prod", .createToken, 400, false),
    ])
    func `a 400 for an alias comes with the advice to list its version`(
        version: String, operation: Operation, status: Int, isAdvised: Bool
    ) throws {
        var watched = try Samples.watched("orders")
        watched.urn = try Samples.urn("orders", version: version)
        var record = FunctionRecord(watched: watched, rowID: MetricTable([]).insert([]))
        #expect(Query.advice(record) == nil)
        record.failure = PollFailure(Samples.failure(.clientError, operation: operation, status: status))
        let advice = "\(watched.urn): the cloud may not take aliases here: list the version instead"
        #expect(Query.advice(record) == (isAdvised ? advice : nil))
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

import FunctionGraph
import HTTPTypes
import Synchronization

/// Answers with a closure and remembers what it was asked.
final class FakeTransport: Transport {
    typealias Answer = @Sendable (CloudRequest, _ number: Int) async throws(TransportError) -> CloudResponse

    private let log = Mutex<[CloudRequest]>([])
    private let answer: Answer

    init(_ answer: @escaping Answer) { self.answer = answer }

    /// Always the same answer.
    convenience init(_ status: Int, _ body: String, _ headers: HTTPFields = [:]) {
        self.init { _, _ in CloudResponse(status: status, headers: headers, body: Array(body.utf8)) }
    }

    var requests: [CloudRequest] { log.withLock { $0 } }

    func send(_ request: CloudRequest) async throws(TransportError) -> CloudResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count
        }
        return try await answer(request, number)
    }
}

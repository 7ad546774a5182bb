import Synchronization

@testable import Endpoint

/// Answers by path, and keeps what it was asked and told.
final class TestResponder: WebResponder {
    struct Ending: Equatable, Sendable {
        let handler: String
        let status: Int
    }

    private let answer: @Sendable (WebRequest) async -> WebResponse
    private let kept = Mutex<(requests: [WebRequest], endings: [Ending])>(([], []))

    init(_ answer: @escaping @Sendable (WebRequest) async -> WebResponse = { .text(200, "\($0.method) \($0.path)\n") })
    {
        self.answer = answer
    }

    var requests: [WebRequest] { kept.withLock { $0.requests } }
    var endings: [Ending] { kept.withLock { $0.endings } }

    func respond(_ request: WebRequest) async -> WebResponse {
        kept.withLock { $0.requests.append(request) }
        return await answer(request)
    }

    func requestEnded(handler: String, status: Int) {
        kept.withLock { $0.endings.append(Ending(handler: handler, status: status)) }
    }
}

import Endpoint
import NIOCore
import Synchronization

/// The watchdog's question: does the poll loop turn, and does the listener answer? Neither the cloud nor a failing
/// poll has a say in it.
struct HealthProbe: Sendable {
    let mailbox: PollMailbox
    let server: WebServer
    let eventLoop: any EventLoop

    /// - Parameter patience: How long each may take to answer.
    /// - Returns: `nil` when both answered, else what did not.
    func check(within patience: Duration) async -> String? {
        guard await mailbox.probe(within: patience, on: eventLoop) else { return "the poll loop does not answer" }
        guard await server.probe() else { return "a listener does not answer" }
        return nil
    }
}
